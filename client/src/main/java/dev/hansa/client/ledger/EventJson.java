package dev.hansa.client.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.event.SkellamSum;
import java.util.ArrayList;
import java.util.List;

/** The events that a node charges, as JSON. */
final class EventJson {
    private static final String KIND = "kind";
    private static final String EVENT = "event";

    private EventJson() {}

    /** @throws IllegalArgumentException if nodes never charge such an event */
    static JsonObject write(DpEvent event) {
        JsonObject json = new JsonObject();
        if (event instanceof NonPrivate) {
            json.addProperty(KIND, "unprotected");
        } else if (event instanceof Gaussian gaussian) {
            json.addProperty(KIND, "gaussian");
            json.addProperty("noiseMultiplier", gaussian.noiseMultiplier());
        } else if (event instanceof PoissonSampled sampled) {
            json.addProperty(KIND, "coins");
            json.addProperty("rate", sampled.rate());
            json.add(EVENT, write(sampled.event()));
        } else if (event instanceof FixedSizeSampled sampled) {
            json.addProperty(KIND, "fixedSize");
            json.addProperty("population", sampled.population());
            json.addProperty("cohort", sampled.cohort());
            json.add(EVENT, write(sampled.event()));
        } else if (event instanceof SkellamSum sum) {
            json.addProperty(KIND, "skellam");
            share(json, sum.noise());
        } else if (event instanceof DiscreteGaussianSum sum) {
            json.addProperty(KIND, "discreteGaussian");
            share(json, sum.noise());
        } else if (event instanceof SelfComposed repeated) {
            json.addProperty(KIND, "repeated");
            json.addProperty("count", repeated.count());
            json.add(EVENT, write(repeated.event()));
        } else if (event instanceof Composed all) {
            json.addProperty(KIND, "all");
            JsonArray events = new JsonArray();
            all.events().forEach(one -> events.add(write(one)));
            json.add("events", events);
        } else {
            throw new IllegalArgumentException("a ledger has no form for " + event);
        }
        return json;
    }

    /** @throws RuntimeException if it is none of the events that are written */
    static DpEvent read(JsonObject json) {
        String kind = json.get(KIND).getAsString();
        return switch (kind) {
            case "unprotected" -> new NonPrivate();
            case "gaussian" -> new Gaussian(json.get("noiseMultiplier").getAsDouble());
            case "coins" -> new PoissonSampled(json.get("rate").getAsDouble(), inner(json));
            case "fixedSize" -> new FixedSizeSampled(json.get("population").getAsLong(),
                    json.get("cohort").getAsLong(), inner(json));
            case "skellam" -> new SkellamSum(share(json));
            case "discreteGaussian" -> new DiscreteGaussianSum(share(json));
            case "repeated" -> new SelfComposed(inner(json), json.get("count").getAsLong());
            case "all" -> {
                List<DpEvent> events = new ArrayList<>();
                for (JsonElement one : json.getAsJsonArray("events")) {
                    events.add(read(one.getAsJsonObject()));
                }
                yield new Composed(events);
            }
            default -> throw new IllegalArgumentException("an event of the kind " + kind);
        };
    }

    private static void share(JsonObject json, SharedNoise noise) {
        json.addProperty("clients", noise.clients());
        json.addProperty("dimension", noise.dimension());
        json.addProperty("clipNorm", noise.clipNorm());
        json.addProperty("deviation", noise.deviation());
        json.addProperty("granularity", noise.granularity());
        json.addProperty("roundingBias", noise.roundingBias());
    }

    private static SharedNoise share(JsonObject json) {
        return new SharedNoise(json.get("clients").getAsInt(), json.get("dimension").getAsInt(),
                json.get("clipNorm").getAsDouble(), json.get("deviation").getAsDouble(),
                json.get("granularity").getAsDouble(), json.get("roundingBias").getAsDouble());
    }

    private static DpEvent inner(JsonObject json) {
        return read(json.getAsJsonObject(EVENT));
    }
}
