package dev.hansa.cli.io;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.report.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a report is to be written to: a run file, or a policy, is easily named by mistake. */
public final class ReportFile {

    private ReportFile() {}

    /**
     * Returns if the report takes the place of nothing but a report.
     *
     * @param option that names the file
     * @throws CommandException if it would take another file's
     */
    public static void check(String option, Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > 0 && !HtmlPage.isIn(file)) {
            throw CommandException.usage(option + ": " + file + " is there and is no report of Hansa's, so it is not"
                    + " replaced; name another file");
        }
    }
}
