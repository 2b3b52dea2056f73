package dev.hansa.wire.message;

import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import dev.hansa.wire.Limits;
import java.util.Optional;

/** What runs say of themselves, as messages. */
public final class TermsCodec {

    private TermsCodec() {}

    /** The message. */
    public static dev.hansa.wire.proto.Terms encode(Terms terms) {
        var message = dev.hansa.wire.proto.Terms.newBuilder().setPurpose(Fields.prose(terms.purpose()))
                .setRounds(terms.rounds()).setEveryRound(terms.everyRound()).setLeastUpdates(terms.leastUpdates())
                .setOwnNoise(terms.ownNoise());
        terms.promise().ifPresent(promise -> message.setPromise(encode(promise)));
        terms.rows().ifPresent(rows -> message.setRows(dev.hansa.wire.proto.Terms.Rows.newBuilder()
                .setNoise(rows.noise()).setSampling(rows.sampling()).setSteps(rows.steps())));
        return message.build();
    }

    private static dev.hansa.wire.proto.Terms.Promise encode(Promise promise) {
        var message = dev.hansa.wire.proto.Terms.Promise.newBuilder().setNoise(promise.noise());
        if (promise.chance() instanceof Chance.Coins coins) {
            message.setCoins(coins.rate());
        } else if (promise.chance() instanceof Chance.FixedSize fixed) {
            message.setFixedSize(dev.hansa.wire.proto.Terms.FixedSize.newBuilder().setPopulation(fixed.population())
                    .setCohort(fixed.cohort()));
        }
        if (promise.chance() instanceof Chance.Rests rests) {
            message.setSeparation(rests.separation());
        }
        return message.build();
    }

    /** @throws MalformedMessageException if it is none */
    public static Terms decode(dev.hansa.wire.proto.Terms message) {
        Fields.require(message.getLeastUpdates() <= Limits.NODES, "terms.least_updates", message.getLeastUpdates(),
                "at most " + Limits.NODES);
        long steps = message.hasRows() ? (long) message.getRows().getSteps() * message.getRounds() : 0;
        Fields.require(steps <= Limits.STEPS_IN_ALL, "terms.rows.steps", steps + " in all rounds",
                "at most " + Limits.STEPS_IN_ALL);
        return Fields.checked("terms", () -> new Terms(Fields.prose(message.getPurpose()), message.getRounds(),
                message.getEveryRound(), message.getLeastUpdates(),
                Fields.sizeOrNone("terms.own_noise", message.getOwnNoise()),
                message.hasPromise() ? Optional.of(promise(message.getPromise())) : Optional.empty(),
                message.hasRows() ? Optional.of(rows(message.getRows())) : Optional.empty()));
    }

    private static Terms.Rows rows(dev.hansa.wire.proto.Terms.Rows message) {
        return new Terms.Rows(Fields.size("terms.rows.noise", message.getNoise()),
                Fields.rate("terms.rows.sampling", message.getSampling()), message.getSteps());
    }

    private static Promise promise(dev.hansa.wire.proto.Terms.Promise message) {
        return new Promise(Fields.size("terms.promise.noise", message.getNoise()), switch (message.getChanceCase()) {
            case COINS -> new Chance.Coins(Fields.rate("terms.promise.coins", message.getCoins()));
            case FIXED_SIZE -> new Chance.FixedSize(message.getFixedSize().getPopulation(),
                    message.getFixedSize().getCohort());
            case SEPARATION -> new Chance.Rests(message.getSeparation());
            case CHANCE_NOT_SET -> new Chance.None();
        });
    }
}
