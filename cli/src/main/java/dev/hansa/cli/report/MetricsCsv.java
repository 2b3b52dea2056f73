package dev.hansa.cli.report;

import dev.hansa.cli.live.EpsilonCurve;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.Traffic;
import java.util.List;
import java.util.Optional;

/** All metrics of a run as a tidy table: {@code round,scope,phase,metric,value}, one value a line. */
public final class MetricsCsv {
    private static final String HEADER = "round,scope,phase,metric,value\n";
    private static final String DISCARDED = "discardedUpdates";
    private static final String ASKED = "asked";

    private MetricsCsv() {}

    /**
     * The scope is {@code global} or a node's name; the phase {@code training}, {@code evaluation}, {@code central} (on the
     * coordinator's own rows) or, where something went
     * over a network, {@code traffic}, which also tells what updates would have taken without compression. Of a node whose
     * update was partial, {@code training} tells the share that was done; globally, how many of these were counted. Updates
     * that were discarded are numbered there too, in all and with the nodes that sent them. {@code staleness} tells how many
     * steps the model had made since an update's training began, if any. So are the nodes that were {@code asked} to train, in records that tell.
     */
    public static String of(List<RoundRecord> rounds) {
        return of(rounds, false);
    }

    /** Of a run; of {@link SecretDraws} on which its promise counts it tells nothing. */
    public static String of(RunResult run) {
        return of(SecretDraws.hide(run).rounds(), run.setting().hasVirtualTime() && !SecretDraws.count(run.spec()),
                run.spent());
    }

    /**
     * The same; with times of simulated devices, which come out the same each time, the phase {@code time} tells how many
     * {@code seconds} each round took.
     */
    public static String of(List<RoundRecord> rounds, boolean virtualTime) {
        return of(rounds, virtualTime, Optional.empty());
    }

    /**
     * The same; with a curve, the phase {@code privacy} tells the {@code epsilon} after its rounds: of a private run all, or
     * some of them, the last among them.
     */
    public static String of(List<RoundRecord> rounds, boolean virtualTime, Optional<EpsilonCurve> spent) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (RoundRecord round : rounds) {
            spent.map(curve -> curve.points().get(round.round())).ifPresent(
                    epsilon -> add(csv, round.round() + ",global,privacy", "epsilon", epsilon));
            if (virtualTime) {
                add(csv, round.round() + ",global,time", "seconds", round.duration().toMillis() / 1000.0);
            }
            add(csv, round.round(), "global", new ClientRound(round.training(), round.evaluation(), round.traffic()));
            round.central().values().forEach(
                    (metric, value) -> add(csv, round.round() + ",global,central", metric, value));
            if (round.partialUpdates() > 0) {
                add(csv, round.round() + ",global,training", "partialUpdates", round.partialUpdates());
            }
            if (!round.discarded().isEmpty()) {
                add(csv, round.round() + ",global,training", DISCARDED, round.discarded().size());
            }
            if (round.tellsAsked()) {
                add(csv, round.round() + ",global,training", ASKED, round.asked().size());
            }
            round.clients().forEach((client, part) -> add(csv, round.round(), client, part));
            round.asked().forEach(client -> add(csv, round.round() + "," + quoted(client) + ",training", ASKED, 1));
            round.discarded().keySet().forEach(
                    client -> add(csv, round.round() + "," + quoted(client) + ",training", DISCARDED, 1));
        }
        return csv.toString();
    }

    private static void add(StringBuilder csv, int round, String scope, ClientRound part) {
        String start = round + "," + quoted(scope) + ",";
        part.training().values().forEach((metric, value) -> add(csv, start + "training", metric, value));
        part.partial().ifPresent(share -> add(csv, start + "training", "shareDone", share));
        if (part.staleness() > 0) {
            add(csv, start + "training", "staleness", part.staleness());
        }
        part.evaluation().values().forEach((metric, value) -> add(csv, start + "evaluation", metric, value));
        Traffic traffic = part.traffic();
        if (!traffic.equals(Traffic.NONE)) {
            add(csv, start + "traffic", "bytesToNode", traffic.sent());
            add(csv, start + "traffic", "bytesFromNode", traffic.received());
            add(csv, start + "traffic", "bytesFromNodeUncompressed", traffic.received() + traffic.saved());
        }
    }

    private static void add(StringBuilder csv, String start, String metric, Number value) {
        csv.append(start).append(',').append(metric).append(',').append(value).append('\n');
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
