package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client holds back of its updates it sends later. */
class ErrorFeedbackTest {
    private static final Schema SCHEMA = RandomTables.REGRESSION;
    private static final Table TABLE = RandomTables.of(SCHEMA, 40, 1, 4);
    private static final ModelSpec MODEL = new ModelSpec.Mlp(List.of(20));
    private static final int ROUNDS = 30;

    private final ClientMemory memory = ClientMemory.inMemory();

    @ParameterizedTest
    @EnumSource(Values.class)
    void whatWasSentAndWhatIsHeldBackAreTogetherTheUpdates(Values values) throws InterruptedException {
        Client plain = client(ClientMemory.inMemory());
        Client thrifty = client(memory);
        Parameters updates = Parameters.zeros(start(1).layout());
        Parameters sent = updates;
        for (int round = 1; round <= ROUNDS; round++) {
            updates = updates.plus(update(plain, fit(round, Compression.NONE)));
            sent = sent.plus(update(thrifty, fit(round, sparse(values))));
        }
        Parameters held = Bundle.part(Fitting.HELD_BACK, memory.of("run", ROUNDS).orElseThrow());
        assertThat(held.l2Norm()).as("something is held back").isGreaterThan(0.001);
        Parameters together = sent.plus(held);
        for (int i = 0; i < together.size(); i++) {
            assertThat(together.get(i)).isCloseTo(updates.get(i), within(2e-5f));
        }
    }

    @Test
    void aRoundThatIsTrainedAgainGivesTheSameUpdate() throws InterruptedException {
        Client client = client(memory);
        update(client, fit(1, sparse(Values.INT8)));
        Parameters first = update(client, fit(2, sparse(Values.INT8)));
        assertThat(update(client(memory), fit(2, sparse(Values.INT8)))).isEqualTo(first);
    }

    @Test
    void whoLostWhatWasHeldBackGoesOnWithoutIt() throws InterruptedException {
        update(client(memory), fit(1, sparse(Values.FLOAT32)));
        Parameters without = update(client(ClientMemory.inMemory()), fit(2, sparse(Values.FLOAT32)));
        assertThat(without).isNotEqualTo(update(client(memory), fit(2, sparse(Values.FLOAT32))));
        assertThat(without.isFinite()).isTrue();
    }

    @Test
    void anUpdateThatCannotBeWrittenIsAFailure() throws InterruptedException {
        ClientMemory huge = ClientMemory.inMemory();
        float[] values = start(1).toArray();
        values[3] = 1e6f;
        new DataMemory(huge, "run", "rows").keep(0, 1,
                new TreeMap<>(Map.of(Fitting.HELD_BACK, Parameters.of(start(1).layout(), values))));
        Report report = client(huge).perform(fit(2, sparse(Values.FLOAT16)));
        assertThat(report).isInstanceOfSatisfying(Report.Failed.class,
                failed -> assertThat(failed.reason()).contains("too large for float16"));
    }

    private static Compression sparse(Values values) {
        return new Compression(values, 8, 0.1, false);
    }

    private static Client client(ClientMemory memory) {
        return new Client(Map.of("rows", spec -> TABLE), Consent.TO_ALL, memory, Client.TIMELESS);
    }

    private static Parameters update(Client client, Task.Fit task) throws InterruptedException {
        return Parameters.load(((Report.Fitted) client.perform(task)).update().difference());
    }

    private static Task.Fit fit(int round, Compression compression) {
        DataSpec data = new DataSpec("rows", SCHEMA, new HoldOut.Every(4), true);
        return new Task.Fit("run", round, data, Preprocessing.standardising(SCHEMA, TableStatistics.of(TABLE)), MODEL,
                start(round), new LocalTraining(1, 5, 0.05, 0, 0, true), compression, new Seed(round),
                Optional.empty(), round - 1, Personalization.none());
    }

    private static Parameters start(int round) {
        return Learners.of(MODEL, SCHEMA).initial(new Seed(round));
    }
}
