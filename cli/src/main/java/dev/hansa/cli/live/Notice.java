package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RunEvent;
import java.util.Optional;

/** What a person should read of an event even when it scrolls by: who failed or came too late. */
final class Notice {

    private Notice() {}

    /** What a run waits for. */
    static String waiting(RunEvent.Waiting waiting) {
        return "waiting for " + (waiting.waitsFor().isEmpty()
                ? Format.count(waiting.needed(), "node") + "; here: "
                        + (waiting.present().isEmpty() ? "nobody yet" : String.join(", ", waiting.present()))
                : waiting.waitsFor());
    }

    static Optional<String> of(RunEvent event) {
        return switch (event) {
            case RunEvent.ClientFailed failed -> Optional
                    .of(place(failed.round()) + failed.client() + (failed.postponed() ? " puts it off: " : " failed: ")
                            + failed.reason());
            case RunEvent.ClientSilent silent -> Optional.of(place(silent.round()) + "no "
                    + Format.answer(silent.phase()) + " of " + silent.client()
                    + (silent.round() == 0 ? " in time" : " before the round closed"));
            case RunEvent.ClientLate late -> Optional.of(place(late.round()) + "the "
                    + Format.answer(late.phase()) + " of " + late.client() + " came " + Format.late(late.late())
                    + " after the round had closed");
            case RunEvent.UpdateDiscarded discarded -> Optional.of("round " + discarded.round() + ": the update of "
                    + discarded.client() + " was not counted: " + discarded.reason());
            case RunEvent.RoundAbandoned abandoned -> Optional.of("round " + abandoned.round() + ", attempt "
                    + abandoned.attempt() + ", was abandoned: " + abandoned.reason());
            default -> Optional.empty();
        };
    }

    /** Before round 1 nodes describe their data. */
    static String place(int round) {
        return round == 0 ? "before round 1: " : "round " + round + ": ";
    }
}
