package dev.hansa.core.statistics;

import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;

/**
 * What an answer costs. Its parts are releases of Gaussian noise with one multiplier, and neighbours those of {@link Noise}: for
 * an accountant one row, or one client, is there or is not.
 */
public final class Charge {
    private Charge() {}

    /** What the client itself did to protect its rows when it answered, for its ledger: what it need not take on trust. */
    public static DpEvent own(Question question) {
        return question.noise().by() == By.CLIENTS ? promised(question) : new NonPrivate();
    }

    /** What has happened once the answer is published, if the coordinator does what the question says. */
    public static DpEvent promised(Question question) {
        Noise noise = question.noise();
        return noise.by() == By.NOBODY
                ? new NonPrivate()
                : new SelfComposed(new Gaussian(noise.multiplier()), question.releases());
    }
}
