package dev.hansa.cli.promise;

import dev.hansa.cli.live.EpsilonCurve;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A promise for machines. */
public final class PromiseJson {

    private PromiseJson() {}

    /** With the course of its ε, of which the last is that of the whole run. */
    public static Map<String, @Nullable Object> of(Promise promise, EpsilonCurve curve) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("mechanism", promise.mechanism());
        object.put("unit", promise.unit());
        object.put("adjacency", promise.adjacency());
        object.put("epsilon", curve.atMost(promise.plan().rounds()));
        object.put("delta", promise.delta());
        object.put("budget", promise.plan().privacy().epsilon().isPresent()
                ? promise.plan().privacy().epsilon().getAsDouble()
                : null);
        object.put("rounds", promise.plan().rounds());
        object.put("accountant", promise.accountant());
        object.put("sampling", promise.sampling());
        object.put("noise", promise.noise());
        object.put("clip", promise.plan().privacy().clip());
        object.put(promise.plan().privacy().mechanism().hidesRows() ? "deviationOfSum" : "deviationOfMean",
                promise.deviationOfMean());
        object.put("lengthOfNoise", promise.lengthOfNoise());
        object.put("statistics", promise.statistics().map(HiddenStatistics::json).orElse(null));
        object.put("protectsFrom", promise.protectsFrom());
        object.put("notFrom", promise.notFrom().orElse(null));
        object.put("public", promise.known());
        object.put("unprotected", promise.unprotected());
        object.put("curve", curve.points().entrySet().stream()
                .map(point -> Map.of("round", point.getKey(), "epsilon", point.getValue())).toList());
        return object;
    }
}
