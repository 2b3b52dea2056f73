package dev.hansa.core.simulation;

import dev.hansa.core.data.Table;
import dev.hansa.core.model.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What bad clients do, from clumsy to careful. */
enum Attacks implements PoisonedFleet.Attack {
    /** They train as all others do. */
    NONE("no attack") {
        @Override
        public Parameters update(Parameters own, List<Parameters> honest, long seed) {
            return own;
        }
    },
    /** Their rows say 9 - d for the digit d; what they send is what training makes of that. */
    LABEL_FLIP("label flip") {
        @Override
        public Parameters update(Parameters own, List<Parameters> honest, long seed) {
            return own;
        }
    },
    /** Minus four times what training gave. */
    SIGN_FLIP("sign flip") {
        @Override
        public Parameters update(Parameters own, List<Parameters> honest, long seed) {
            return own.times(-4);
        }
    },
    /** Gaussian noise, ten times as long as what training gave. */
    NOISE("noise") {
        @Override
        public Parameters update(Parameters own, List<Parameters> honest, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] noise = new float[own.size()];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                        * StrictMath.cos(2 * Math.PI * random.nextDouble()));
            }
            Parameters all = Parameters.owning(own.layout(), noise);
            return all.times(10 * own.l2Norm() / all.l2Norm());
        }
    },
    /**
     * Place by place the mean of the honest updates less 1.5 deviations: Baruch, Baruch, Goldberg, <i>A Little Is Enough:
     * Circumventing Defenses For Distributed Learning</i>, NeurIPS 2019.
     */
    A_LITTLE("a little") {
        @Override
        public Parameters update(Parameters own, List<Parameters> honest, long seed) {
            float[] sent = new float[own.size()];
            for (int i = 0; i < sent.length; i++) {
                int place = i;
                double mean = honest.stream().mapToDouble(update -> update.get(place)).sum() / honest.size();
                double squares = honest.stream().mapToDouble(update -> update.get(place) - mean).map(off -> off * off)
                        .sum();
                sent[i] = (float) (mean - 1.5 * Math.sqrt(squares / honest.size()));
            }
            return Parameters.owning(own.layout(), sent);
        }
    },
    /**
     * Minus half the mean of the honest updates: Xie, Koyejo, Gupta, <i>Fall of Empires: Breaking Byzantine-tolerant SGD by
     * Inner Product Manipulation</i>, UAI 2019.
     */
    INNER_PRODUCT("inner product") {
        @Override
        public Parameters update(Parameters own, List<Parameters> honest, long seed) {
            Parameters sum = Parameters.zeros(own.layout());
            for (Parameters update : honest) {
                sum = sum.plus(update);
            }
            return sum.times(-0.5 / honest.size());
        }
    };

    private final String title;

    Attacks(String title) {
        this.title = title;
    }

    /** What their clients train on. */
    SortedMap<String, Table> rows(SortedMap<String, Table> tables, Set<String> attackers) {
        SortedMap<String, Table> rows = new TreeMap<>(tables);
        if (this == LABEL_FLIP) {
            for (Map.Entry<String, Table> each : rows.entrySet()) {
                Table table = each.getValue();
                if (attackers.contains(each.getKey())) {
                    each.setValue(new Table(table.schema(), table.features(),
                            Arrays.stream(table.labels()).map(digit -> 9 - digit).toArray(), table.heldOut()));
                }
            }
        }
        return rows;
    }

    @Override
    public String toString() {
        return title;
    }
}
