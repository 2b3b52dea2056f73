package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.FleetAround;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A fleet some of whose clients send what an attack makes of their updates, knowing those of all others. */
final class PoisonedFleet extends FleetAround {
    private final Set<String> attackers;
    private final Attack attack;

    PoisonedFleet(Fleet clients, Set<String> attackers, Attack attack) {
        super(clients);
        this.attackers = attackers;
        this.attack = attack;
    }

    /** What an attacker sends. */
    @FunctionalInterface
    interface Attack {
        /**
         * @param own    what its training gave
         * @param honest what the others send
         * @param seed   another one for each client and round
         */
        Parameters update(Parameters own, List<Parameters> honest, long seed);
    }

    @Override
    public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
            throws InterruptedException {
        SortedMap<String, Report> reports = new TreeMap<>();
        inner.ask(question, tasks, patience, new Answers() {
            @Override
            public void arrived(String client, Traffic traffic) {
                answers.arrived(client, traffic);
            }

            @Override
            public void count(String client, Report report) {
                reports.put(client, report);
            }
        });
        List<Parameters> honest = new ArrayList<>();
        reports.forEach((client, report) -> {
            if (!attackers.contains(client) && report instanceof Report.Fitted fitted) {
                honest.add(Parameters.load(fitted.update().difference()));
            }
        });
        for (Map.Entry<String, Report> each : reports.entrySet()) {
            boolean poisoned = attackers.contains(each.getKey());
            answers.count(each.getKey(), poisoned && each.getValue() instanceof Report.Fitted fitted
                    ? poisoned(fitted.update(), honest, 31L * question.round() + each.getKey().hashCode())
                    : each.getValue());
        }
    }

    private Report poisoned(ModelUpdate own, List<Parameters> honest, long seed) {
        return new Report.Fitted(new ModelUpdate(
                attack.update(Parameters.load(own.difference()), honest, seed), own.weight(), own.sums(), own.share()));
    }
}
