package dev.hansa.core.coordinator;

import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.mechanism.PrivateRound;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Mandate;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.question.Standardising;
import dev.hansa.core.strategy.ServerState;
import java.util.Collections;
import java.util.Optional;

/**
 * What a run asks of clients, worked out anew from its file: the data, the model, and of each round the training and the
 * protection of the update.
 *
 * <p>Noise and rates are worked out with floating-point numbers, and by whatever version of the accountants: they may be
 * apart by a thousandth.
 */
public record RunMandate(RunSpec spec) implements Mandate {
    private static final Parameters NOTHING = Parameters.zeros(Layout.of());
    private static final double TOLERANCE = 1e-3;

    @Override
    public Optional<String> objection(Task task, Optional<Terms> terms) {
        int told = terms.map(Terms::rounds).orElse(spec.lastRound());
        return told != spec.lastRound() && spec.privacy().filter(plan -> mayLast(plan, told)).isPresent()
                ? new RunMandate(spec.lasting(told)).compared(task, terms)
                : compared(task, terms);
    }

    /**
     * Whether a budget of noise that the file gives may last for so many rounds as well: an ε that is apart by a thousandth is
     * spent some thousandths of the rounds sooner or later, of few rounds one.
     */
    private boolean mayLast(PrivacyPlan plan, int told) {
        return plan.privacy().epsilon().isPresent() && told >= 1 && told <= spec.rounds()
                && Math.abs(told - plan.rounds()) <= Math.max(1, 2 * TOLERANCE * plan.rounds());
    }

    private Optional<String> compared(Task task, Optional<Terms> terms) {
        if (!task.run().startsWith(spec.name() + "-")) {
            return Optional.of("it is of the run " + task.run() + ", and the file is called " + spec.name());
        }
        if (!terms.filter(this::isAsTold).isPresent()) {
            return Optional.of("the run says of itself " + terms.map(Terms::toString).orElse("nothing")
                    + ", and the file " + spec.terms());
        }
        if (!task.data().equals(spec.data())) {
            return different("other data");
        }
        if (task.round() > spec.lastRound()) {
            return different("round " + task.round() + " of " + spec.lastRound());
        }
        return task instanceof Task.Describe describe ? describe(describe)
                : task.round() < 1 ? different("something of a model before the first round") : ofModel(task);
    }

    private Optional<String> ofModel(Task task) {
        return task instanceof Task.Fit fit ? fit(fit)
                : task instanceof Task.Evaluate evaluate ? evaluate(evaluate)
                        : task instanceof Task.Personalise personalise ? personalise(personalise)
                                : different("statistics");
    }

    private Optional<String> describe(Task.Describe describe) {
        Optional<Standardising> own = spec.privacy().flatMap(PrivacyPlan::statistics);
        return own.isPresent() == describe.hidden().isPresent()
                && own.map(asked -> isSame(describe.hidden().get(), asked)).orElse(true)
                        ? Optional.empty()
                        : different("other statistics");
    }

    private static boolean isSame(Standardising said, Standardising own) {
        return said.bounds().equals(own.bounds()) && said.ofRows() == own.ofRows() && said.own() == own.own()
                && near(said.noise(), own.noise());
    }

    private static Optional<String> different(String asked) {
        return Optional.of("it asks for " + asked);
    }

    private boolean isAsTold(Terms said) {
        Terms own = spec.terms();
        return said.purpose().equals(own.purpose()) && said.rounds() == own.rounds()
                && said.everyRound() == own.everyRound() && said.leastUpdates() == own.leastUpdates()
                && near(said.ownNoise(), own.ownNoise())
                && said.promise().map(Terms.Promise::chance).equals(own.promise().map(Terms.Promise::chance))
                && near(said.promise().map(Terms.Promise::noise).orElse(0.0),
                        own.promise().map(Terms.Promise::noise).orElse(0.0))
                && (!said.rows().isPresent() || own.rows().filter(rows -> isSame(said.rows().get(), rows)).isPresent());
    }

    /** Of noise in each step an older coordinator says nothing; the training itself is held against the file. */
    private static boolean isSame(Terms.Rows said, Terms.Rows own) {
        return said.steps() == own.steps() && near(said.sampling(), own.sampling()) && near(said.noise(), own.noise());
    }

    private static boolean near(double said, double own) {
        return Math.abs(said - own) <= TOLERANCE * Math.abs(own);
    }

    // ---- by kind of task

    private Optional<String> fit(Task.Fit fit) {
        Optional<String> other = model(fit.model(), fit.preprocessing());
        return other.isPresent() ? other : fit.shown() ? shown(fit) : inRound(fit);
    }

    /** The scales of standardised columns come of what nodes tell, and stand in no file. */
    private Optional<String> model(ModelSpec model, Preprocessing preprocessing) {
        if (!model.equals(spec.model())) {
            return different("another model");
        }
        return spec.data().standardise() || preprocessing.equals(Preprocessing.identity(spec.data().schema()))
                ? Optional.empty()
                : different("scales, where columns are to stay as they are");
    }

    private Optional<String> inRound(Task.Fit fit) {
        Optional<PrivateRound> halves = begin(fit.round());
        LocalTraining plain = training(fit.round());
        if (!isSame(fit.training(), halves.map(both -> both.training(plain)).orElse(plain))) {
            return different("another training");
        }
        if (!isSame(fit.protection(), halves.flatMap(PrivateRound::onClient))) {
            return different("another protection of updates");
        }
        if (!fit.compression().equals(spec.compression())) {
            return different("another compression");
        }
        return fit.personalization().equals(spec.personalization().inRounds()) ? Optional.empty()
                : different("another personalization");
    }

    /** A model of the client's own, which others measure. */
    private Optional<String> shown(Task.Fit fit) {
        if (!spec.evaluation().crossSite()) {
            return different("a model that other nodes see");
        }
        if (!mayBeLast(fit.round())) {
            return tooEarly("a model that other nodes see", fit.round());
        }
        return isSame(fit.training(), training(fit.round() + 1).plain()) && !fit.protection().isPresent()
                && fit.compression().equals(Compression.NONE) && fit.personalization().isNone()
                        ? Optional.empty()
                        : different("another training of a model that other nodes see");
    }

    private Optional<String> evaluate(Task.Evaluate evaluate) {
        Optional<String> other = model(evaluate.model(), evaluate.preprocessing());
        if (other.isPresent()) {
            return other;
        }
        boolean ofRound = isMeasured(evaluate.round());
        boolean ofOthers = spec.evaluation().crossSite() && mayBeLast(evaluate.round());
        if (!ofRound && !ofOthers) {
            return different("how good the model of round " + evaluate.round() + " is");
        }
        if (!evaluate.detail().equals(spec.evaluation().detail())) {
            return different("other details of how good a model is");
        }
        return ofRound && evaluate.personalization().equals(spec.personalization().inEvaluations())
                || ofOthers && evaluate.personalization().isNone()
                        ? Optional.empty()
                        : different("another personalization");
    }

    private Optional<String> personalise(Task.Personalise personalise) {
        Optional<String> other = model(personalise.model(), personalise.preprocessing());
        if (other.isPresent()) {
            return other;
        }
        if (!mayBeLast(personalise.round())) {
            return tooEarly("models of nodes' own", personalise.round());
        }
        LocalTraining training = PersonalModels.training(spec, training(personalise.round() + 1));
        return !spec.personalization().isNone() && personalise.personalization().equals(spec.personalization())
                && personalise.detail().equals(spec.evaluation().detail())
                && isSame(personalise.training(), training)
                        ? Optional.empty()
                        : different("other models of nodes' own");
    }

    private static Optional<String> tooEarly(String asked, int round) {
        return different(asked + " after round " + round + ", which cannot be the last");
    }

    // ---- when

    /** Where updates count as they come an operator may end the run after any round, and its model is measured then. */
    private boolean isMeasured(int round) {
        return spec.evaluation().asksNodes() && spec.evaluation().every() > 0
                && (isBuffered() || spec.isEvaluated(round));
    }

    /** A rule stops a run by what was measured: at once, or some rounds later where nobody waits for that. */
    private boolean mayBeLast(int round) {
        return round == spec.lastRound()
                || !spec.stop().equals(StopRule.NEVER) && (isBuffered() || spec.isEvaluated(round));
    }

    private boolean isBuffered() {
        return spec.strategy().buffering().isPresent();
    }

    // ---- what the file asks for

    private static ServerState before(int round) {
        return new ServerState(round - 1, NOTHING, Collections.emptySortedMap());
    }

    private LocalTraining training(int round) {
        return spec.strategy().plan(before(round)).training();
    }

    private Optional<PrivateRound> begin(int round) {
        return spec.privacy()
                .map(plan -> plan.begin(before(round), spec.seed(), NoiseSource.SECRET.bytes(spec.seed())));
    }

    private static boolean isSame(LocalTraining asked, LocalTraining own) {
        if (!near(asked.rate(), own.rate()) || asked.privacy().isPresent() != own.privacy().isPresent()) {
            return false;
        }
        LocalTraining rated = asked.withRate(own.rate());
        if (!own.privacy().isPresent()) {
            return rated.equals(own);
        }
        ExamplePrivacy rows = asked.privacy().get();
        ExamplePrivacy same = own.privacy().get();
        return near(rows.noise(), same.noise())
                && rows.equals(new ExamplePrivacy(same.clip(), rows.noise(), same.sampling(), same.delta()))
                && rated.withPrivacy(same).equals(own);
    }

    /** A clip that follows updates may be any; the seed of a rotation is the round's. */
    private boolean isSame(Optional<Protection> asked, Optional<Protection> own) {
        if (!asked.isPresent() || !own.isPresent()) {
            return asked.isPresent() == own.isPresent();
        }
        Protection found = asked.get();
        Protection wanted = own.get();
        return (isClipAdaptive() || near(found.clip(), wanted.clip()))
                && near(found.deviation(), wanted.deviation()) && found.tellsFit() == wanted.tellsFit()
                && found.quantised().isPresent() == wanted.quantised().isPresent()
                && (!wanted.quantised().isPresent() || isSame(found.quantised().get(), wanted.quantised().get()));
    }

    private boolean isClipAdaptive() {
        return spec.privacy().filter(plan -> plan.privacy().mechanism() instanceof Mechanism.Central central
                && central.adaptive().isPresent()).isPresent();
    }

    private static boolean isSame(Protection.Quantised found, Protection.Quantised wanted) {
        return found.noise() == wanted.noise() && found.bits() == wanted.bits()
                && near(found.granularity(), wanted.granularity());
    }
}
