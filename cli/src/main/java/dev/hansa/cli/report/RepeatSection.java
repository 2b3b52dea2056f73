package dev.hansa.cli.report;

/** The exact run file, the versions, and the command that does it again. */
final class RepeatSection {

    private RepeatSection() {}

    static Tag of(RunResult result) {
        return Tag.of("section").add(Tag.of("h2", "How to repeat it"),
                Tag.of("pre").style("command").add(Tag.of("code", result.setting().repeat())),
                Tag.of("p",
                        "The same run file and seed on the same data give the same model, bit by bit, over a network "
                                + "as well as in a simulation, as long as the same nodes answer and none runs out of "
                                + "time."),
                Tag.of("h3", "The run file"), Tag.of("pre").add(Tag.of("code", result.specText())),
                Tag.of("p", "Hansa " + result.setting().version() + ", Java " + Runtime.version().feature() + ".")
                        .style("quiet"));
    }
}
