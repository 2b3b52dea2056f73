package dev.hansa.core.protocol;

import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Sums;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client answers to a {@link Task}. */
public sealed interface Report {

    /**
     * To {@link Task.Describe}.
     *
     * @param moments what was asked for in the place of sums over columns, of which the statistics have none then; else empty
     */
    record Described(TableStatistics statistics, List<Long> moments) implements Report {
        public Described {
            moments = List.copyOf(moments);
        }

        /** With sums over columns, or nothing of them. */
        public Described(TableStatistics statistics) {
            this(statistics, List.of());
        }
    }

    /** To {@link Task.Statistics}: numbers as its question says. The array is taken over and handed out without a copy. */
    @SuppressWarnings("ArrayRecordComponent")
    record Summed(long[] numbers) implements Report {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Summed summed && Arrays.equals(numbers, summed.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    /** To {@link Task.Fit}. */
    record Fitted(ModelUpdate update) implements Report {}

    /** To {@link Task.Evaluate}; without held-out rows the sums are empty. */
    record Evaluated(Sums sums) implements Report {}

    /**
     * To {@link Task.Personalise}: sums over the held-out rows, empty without such rows.
     *
     * @param shared   of the model that was sent
     * @param personal of the client's own
     */
    record Personalised(Sums shared, Sums personal) implements Report {}

    /**
     * The client does not take part in this run, now or later: its data differ from the schema, or its owner forbids it.
     *
     * @param reason for people; holds no value of a row
     */
    record Refused(String reason) implements Report {}

    /**
     * The client tried and could not; it may be asked again.
     *
     * @param reason    for people; holds no value of a row
     * @param postponed whether it has not tried, for its owner has not decided yet, or not at this hour: it is only a
     *                  matter of time
     */
    record Failed(String reason, boolean postponed) implements Report {
        /** It tried. */
        public Failed(String reason) {
            this(reason, false);
        }
    }
}
