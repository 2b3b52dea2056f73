package dev.hansa.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A run as one web page that stands alone: no script, nothing loaded from elsewhere, light and dark, fit for print.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /** The page; of {@link SecretDraws} on which its promise counts it tells nothing. */
    public static String of(RunResult run) {
        RunResult result = SecretDraws.hide(run);
        List<Tag> sections = new ArrayList<>();
        sections.add(HeadSection.of(result));
        UnmeasuredSection.of(result.unmeasured()).ifPresent(sections::add);
        result.comparison().ifPresent(comparison -> sections.add(ComparisonSection.of(comparison)));
        if (!result.rounds().isEmpty()) {
            sections.add(CurvesSection.of(result));
        }
        result.setting().fleet().ifPresent(fleet -> sections.add(SimulatedFleetSection.of(result, fleet)));
        sections.add(NodesSection.of(result));
        if (!result.rounds().isEmpty()) {
            FairnessSection.of(result).ifPresent(sections::add);
            ConfusionSection.of(result).ifPresent(sections::add);
        }
        ClustersSection.of(result.rounds()).ifPresent(sections::add);
        if (!result.closing().crossSite().isEmpty()) {
            sections.add(CrossSiteSection.of(result));
        }
        if (!result.closing().personal().isEmpty()) {
            sections.add(PersonalSection.of(result));
        }
        sections.add(PrivacySection.of(result.spec(), result.rounds().size(),
                result.setting().simulated() ? PrivacySection.Kind.SIMULATED : PrivacySection.Kind.RUN));
        sections.add(ProtectionSection.of(result));
        if (!result.rounds().isEmpty()) {
            sections.add(RoundsSection.of(result));
        }
        sections.add(RepeatSection.of(result));
        return HtmlPage.of(result.spec().name() + " – Hansa", sections);
    }
}
