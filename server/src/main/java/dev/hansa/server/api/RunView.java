package dev.hansa.server.api;

import dev.hansa.core.coordinator.BestRound;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Failures;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Unmeasured;
import dev.hansa.core.model.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One run with all that a report of it needs.
 *
 * @param round          the last committed round, 0 before the first
 * @param rounds         the most rounds
 * @param reason         why the run ended; empty before
 * @param nodes          how many nodes the run waits for before it starts
 * @param minimumReports how many updates a round needs: 1 or 0 in private runs whose rounds count whatever comes
 * @param present        the nodes with its data set that could be asked now
 * @param refused        the nodes that take no part, with their reasons
 * @param evaluation     the newest, of the committed rounds' evaluations
 * @param history        the committed rounds, first to last
 * @param closing        what nodes answered after the last round
 * @param late           the answers that came after their round had closed, in their order
 * @param modelSha256    of the file that {@code GET /v1/runs/{id}/model} gives; empty until the run is over
 * @param waitsFor       what the run waits for now, for people; null if it does not wait
 * @param best           the best round by {@code evaluation.best}, whose model {@code GET /v1/runs/{id}/model?which=best}
 *                       gives; empty if none was measured
 * @param unmeasured     what was asked for and not measured
 * @param privacy        what is promised of the model; empty if nothing is
 * @param signer         the public key of whoever signed the run file; empty if nobody did
 * @param failed         why nodes gave no answer that can be used, each kind of reason once
 */
public record RunView(String id, String name, String purpose, RunState state, int round, int rounds, Instant submitted,
        Optional<Instant> ended, String reason, int nodes, int minimumReports, SortedSet<String> present,
        SortedMap<String, String> refused, Metrics evaluation, List<RoundRecord> history, Closing closing,
        List<RunEvent.ClientLate> late,
        Optional<String> modelSha256, @Nullable String waitsFor, Optional<BestRound> best,
        List<Unmeasured> unmeasured, Optional<PrivacyView> privacy, Optional<String> signer,
        List<Failures.Failure> failed) {
    public RunView {
        closing = Objects.requireNonNullElse(closing, Closing.NONE); // a coordinator before there was such a thing
        unmeasured = Objects.requireNonNullElse(unmeasured, List.of()); // likewise
        signer = Objects.requireNonNullElse(signer, Optional.empty()); // likewise
        failed = Objects.requireNonNullElse(failed, List.of()); // likewise
        privacy = Objects.requireNonNullElse(privacy, Optional.empty()); // likewise
    }
}
