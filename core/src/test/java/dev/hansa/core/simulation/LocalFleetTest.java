package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.FederationException;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.FleetContract;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LocalFleetTest extends FleetContract {
    private final List<LocalFleet> fleets = new ArrayList<>();

    @Override
    protected Fleet fleet(Map<String, Client> clients, Set<String> silent) {
        Assumptions.assumeTrue(silent.isEmpty(), "clients on threads of this process always answer");
        fleets.add(new LocalFleet(clients, 2));
        return fleets.get(0);
    }

    @AfterEach
    void close() {
        fleets.forEach(LocalFleet::close);
    }

    @Test
    void brokenStoreIsNotTakenForABrokenClient() {
        Client client = new Client(
                Map.of("rows", new TableSource(RandomTables.of(RandomTables.REGRESSION, 3, 1))));
        SortedMap<String, Task> tasks = new TreeMap<>(Map.of("a", new Task.Describe("run",
                new DataSpec("rows", RandomTables.REGRESSION, new HoldOut.None(), false))));

        assertThatExceptionOfType(FederationException.class)
                .isThrownBy(() -> fleet(Map.of("a", client), Set.of()).ask(tasks, Duration.ofSeconds(1), new Notes() {
                    @Override
                    public void arrived(String id, Traffic traffic) {
                        throw new FederationException("the disk is full", true);
                    }
                })).withMessage("the disk is full");
    }

    @Test
    void unknownClientsAndNoThreadsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LocalFleet(Map.of(), 0));
        SortedMap<String, Task> tasks = new TreeMap<>(Map.of("ghost", new Task.Describe("run",
                new DataSpec("rows", RandomTables.REGRESSION, new HoldOut.None(), false))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fleet(Map.of(), Set.of()).ask(tasks, Duration.ofSeconds(1), new Notes()))
                .withMessageContaining("ghost");
    }
}
