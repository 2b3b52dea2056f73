package dev.hansa.core.protocol;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.distributed.Quantisation;
import dev.hansa.core.privacy.distributed.Rotation;
import dev.hansa.core.question.Question;
import dev.hansa.core.question.Standardising;
import java.time.Duration;
import java.util.Optional;

/**
 * What a coordinator asks of a client. A task is data, not code, and complete in itself, but for what
 * clients remember of a run: what they held back of updates, and how they keep from drifting.
 */
public sealed interface Task {

    /** The run it belongs to. */
    String run();

    /** The round it belongs to, from 1; 0 before the first. */
    int round();

    /** The data it is about. */
    DataSpec data();

    /**
     * Before the first round: check the data against the schema and answer their {@link Report.Described statistics}.
     *
     * @param hidden what is asked in the place of sums over columns, so that nobody is given away; empty if it is those that are
     *               asked for
     * @param seed   the client's own; of noise in simulations alone
     */
    record Describe(String run, DataSpec data, Optional<Standardising> hidden, Seed seed) implements Task {
        public Describe {
            hidden.ifPresent(asked -> asked.check(data.schema()));
        }

        /** Sums over columns are asked for, if the data are to be standardised. */
        public Describe(String run, DataSpec data) {
            this(run, data, Optional.empty(), new Seed(0));
        }

        @Override
        public int round() {
            return 0;
        }
    }

    /**
     * Of no run: tell {@link Report.Summed sums} over all rows.
     *
     * @param run the survey's id
     */
    record Statistics(String run, DataSpec data, Question question) implements Task {
        public Statistics {
            question.check(data.schema());
        }

        @Override
        public int round() {
            return 0;
        }
    }

    /**
     * Train the model on the training rows and answer the {@link Report.Fitted update}.
     *
     * @param preprocessing of the run, the same for all clients
     * @param parameters    where training begins
     * @param compression   of the update
     * @param seed          for shuffling and rounding; the client's own in this round
     * @param timeLeft      how long the client may train from when it gets the task: when that is over it stops between
     *                      two steps and answers what it has; empty for as long as it takes. A duration and no instant,
     *                      for clocks differ
     * @param counted       the last round before this one whose update of this client was counted, 0 for none: what the
     *                      client remembers of it is what it goes on with, and what it remembers of others counts for
     *                      nothing. 0 as well if nothing is {@linkplain #isRemembered remembered}
     * @param personalization what of the model is the client's own; the parameters are the rest
     * @param shown         whether other clients will get to see the model that comes of it, not the coordinator alone
     * @param protection    of the update; empty if it is sent as it is
     */
    record Fit(String run, int round, DataSpec data, Preprocessing preprocessing, ModelSpec model,
            Parameters parameters, LocalTraining training, Compression compression, Seed seed,
            Optional<Duration> timeLeft, int counted, Personalization personalization,
            boolean shown, Optional<Protection> protection) implements Task {

        public Fit {
            if (counted < 0 || counted > 0 && counted >= round) {
                throw new IllegalArgumentException(
                        "counted is " + counted + ", expected a round before " + round + ", or 0");
            }
        }

        /** The coordinator alone sees the update, as it is. */
        public Fit(String run, int round, DataSpec data, Preprocessing preprocessing, ModelSpec model,
                Parameters parameters, LocalTraining training, Compression compression, Seed seed,
                Optional<Duration> timeLeft, int counted, Personalization personalization) {
            this(run, round, data, preprocessing, model, parameters, training, compression, seed, timeLeft, counted,
                    personalization, false, Optional.empty());
        }

        /** The update is sent as it is, after all of the training; none was counted before. */
        public Fit(String run, int round, DataSpec data, Preprocessing preprocessing, ModelSpec model,
                Parameters parameters, LocalTraining training, Seed seed) {
            this(run, round, data, preprocessing, model, parameters, training, Compression.NONE, seed,
                    Optional.empty(), 0, Personalization.none());
        }

        /** The same training with so much time left. */
        public Fit within(Duration time) {
            return new Fit(run, round, data, preprocessing, model, parameters, training, compression, seed,
                    Optional.of(time), counted, personalization, shown, protection);
        }

        /** The same after that round, whose update was the client's last to be counted. */
        public Fit after(int last) {
            return new Fit(run, round, data, preprocessing, model, parameters, training, compression, seed,
                    timeLeft, last, personalization, shown, protection);
        }

        /** Whether a client keeps something of such a training for the next, beside that it was. */
        public static boolean isRemembered(LocalTraining training, Compression compression,
                Personalization personalization) {
            return training.drift() != LocalTraining.Drift.UNCORRECTED || compression.isSparse()
                    || !personalization.isNone();
        }

        /** Whether the client keeps something of it for the next. */
        public boolean isRemembered() {
            return isRemembered(training, compression, personalization);
        }

        /** Whether the client changes its update, or its gradients, so that they tell less: who cannot may not train. */
        public boolean isProtected() {
            return protection.isPresent() || training.privacy().isPresent();
        }

        /** Of the update: all that was sent, one of several models, or the whole numbers that stand for it. */
        public Layout updateLayout() {
            if (protection.flatMap(Protection::quantised).isPresent()) {
                return Quantisation.layout(Rotation.length(parameters.size()));
            }
            return personalization instanceof Personalization.Clusters
                    ? Bundle.part(Personalization.Clusters.part(1), parameters).layout()
                    : parameters.layout();
        }

        /** The same in which that of the model is the client's own. */
        public Fit with(Personalization own) {
            return new Fit(run, round, data, preprocessing, model, parameters, training, compression, seed,
                    timeLeft, counted, own, shown, protection);
        }

        /** The same, whose model other clients will see. */
        public Fit shownToOthers() {
            return new Fit(run, round, data, preprocessing, model, parameters, training, compression, seed, timeLeft,
                    counted, personalization, true, protection);
        }

        /** The same with an update that is protected in that way. */
        public Fit protectedBy(Protection how) {
            return new Fit(run, round, data, preprocessing, model, parameters, training, compression, seed, timeLeft,
                    counted, personalization, shown, Optional.of(how));
        }
    }

    /**
     * Measure the model on the held-out rows and answer the {@link Report.Evaluated sums}.
     *
     * @param round  the round whose step made the parameters
     * @param detail what else to tell of the rows, unless the owner would not have it told
     * @param counted         as in {@link Fit}, this round included
     * @param personalization as in {@link Fit}; a client that has nothing of its own yet answers no sums
     */
    record Evaluate(String run, int round, DataSpec data, Preprocessing preprocessing, ModelSpec model,
            Parameters parameters, Detail detail, int counted, Personalization personalization) implements Task {

        /** Sums over all rows are enough. */
        public Evaluate(String run, int round, DataSpec data, Preprocessing preprocessing, ModelSpec model,
                Parameters parameters) {
            this(run, round, data, preprocessing, model, parameters, Detail.NONE);
        }

        /** All of the model was sent. */
        public Evaluate(String run, int round, DataSpec data, Preprocessing preprocessing, ModelSpec model,
                Parameters parameters, Detail detail) {
            this(run, round, data, preprocessing, model, parameters, detail, 0, Personalization.none());
        }
    }

    /**
     * After the last round: finish the model of one's own, keep it, measure it beside the one that was sent, and answer the
     * {@link Report.Personalised sums}.
     *
     * @param round           the last
     * @param parameters      the model of that round
     * @param training        by which it becomes the client's own
     * @param seed            for shuffling; the client's own
     * @param detail          as in {@link Evaluate}
     * @param counted         likewise
     */
    record Personalise(String run, int round, DataSpec data, Preprocessing preprocessing, ModelSpec model,
            Parameters parameters, Personalization personalization, LocalTraining training, Seed seed,
            Detail detail, int counted) implements Task {}
}
