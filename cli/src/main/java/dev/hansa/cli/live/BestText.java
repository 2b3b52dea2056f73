package dev.hansa.cli.live;

import dev.hansa.core.coordinator.BestRound;
import dev.hansa.core.coordinator.RoundRecord;
import java.util.List;
import java.util.OptionalDouble;

/** The best round beside the last one, in words. */
public final class BestText {

    private BestText() {}

    /** {@code round 17, RMSE 4.410 (last: round 20, 4.460)}, or {@code round 20, RMSE 4.410 (the last)}. */
    public static String of(BestRound best, List<RoundRecord> rounds) {
        RoundRecord last = rounds.get(rounds.size() - 1);
        OptionalDouble value = last.measured(best.metric());
        return "round " + best.round() + ", " + Headline.name(best.metric()) + " " + Format.number(best.value())
                + (last.round() == best.round()
                        ? " (the last)"
                        : " (last: round " + last.round()
                                + (value.isPresent() ? ", " + Format.number(value) : ", not measured") + ")");
    }
}
