package dev.hansa.cli.report;

import dev.hansa.core.coordinator.RunSpec;
import java.util.List;

/** What a run file promises, before anything runs, as a web page that stands alone, like {@link HtmlReport}. */
public final class PrivacyReport {

    private PrivacyReport() {}

    /** The page. */
    public static String of(RunSpec spec) {
        Tag head = Tag.of("header").add(Tag.of("p", "Hansa · what a run file promises").style("kicker"),
                Tag.of("h1", spec.name()));
        if (!spec.purpose().isBlank()) {
            head.add(Tag.of("p", spec.purpose()).style("purpose"));
        }
        return HtmlPage.of(spec.name() + ", privacy – Hansa",
                List.of(head, PrivacySection.of(spec, spec.lastRound(), PrivacySection.Kind.PLANNED)));
    }
}
