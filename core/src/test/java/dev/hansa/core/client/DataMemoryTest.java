package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.DriftCorrection;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each data set has a budget of its own. A coordinator that asks the same run of one and then of another gets nothing of the
 * first in what the second pays for.
 */
class DataMemoryTest {
    private static final Schema SCHEMA = RandomTables.CLASSES;
    private static final Map<String, Table> TABLES = Map.of("secret", RandomTables.of(SCHEMA, 40, 1, 4), "open",
            RandomTables.of(SCHEMA, 40, 2, 4));
    private static final ModelSpec MODEL = new ModelSpec.Mlp(List.of(5));
    private static final Preprocessing PREPROCESSING =
            Preprocessing.standardising(SCHEMA, TableStatistics.of(TABLES.get("open")));

    /** A training that remembers something. */
    record Kind(Drift drift, Compression compression, Personalization own) {}

    static List<Kind> kinds() {
        Personalization layers = new LocalLayers(List.of("layer2.*"), OptionalInt.empty(), new Seed(1));
        return List.of(new Kind(Drift.UNCORRECTED, Compression.NONE, layers),
                new Kind(Drift.UNCORRECTED, Compression.NONE, new Ditto(0.1)),
                new Kind(Drift.SCAFFOLD, Compression.NONE, Personalization.none()),
                new Kind(Drift.UNCORRECTED, new Compression(Compression.Values.FLOAT32, 8, 0.1, false),
                        Personalization.none()));
    }

    private static Client client() {
        return new Client(TABLES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> spec -> one
                .getValue())), Consent.TO_ALL, ClientMemory.inMemory(), Client.TIMELESS);
    }

    private static DataSpec data(String set) {
        return new DataSpec(set, SCHEMA, new HoldOut.Every(4), true);
    }

    private static Parameters sent(Personalization own) {
        Parameters whole = Learners.of(MODEL, SCHEMA).initial(new Seed(1));
        return whole.select(own.shared(whole.layout()).tensors().stream().map(TensorShape::name)
                .collect(Collectors.toSet()));
    }

    private static Parameters fit(Client client, String set, int round, Kind kind) throws InterruptedException {
        LocalTraining training = new LocalTraining(2, 5, 0.1, 0, 0, true).withDrift(kind.drift());
        Report report = client.perform(new Task.Fit("run", round, data(set), PREPROCESSING, MODEL,
                DriftCorrection.of(training).sent(ServerState.start(sent(kind.own()))), training, kind.compression(),
                new Seed(9), Optional.empty(), round - 1, kind.own()));
        return Parameters.load(((Report.Fitted) report).update().difference());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anUpdateOfOneDataSetHasNothingOfWhatAnotherLeft(Kind kind) throws InterruptedException {
        Client client = client();
        fit(client, "secret", 1, kind);

        assertThat(fit(client, "open", 2, kind)).isEqualTo(fit(client(), "open", 2, kind));
    }

    @Test
    void aModelOfOnesOwnIsNotMeasuredOnOtherRows() throws InterruptedException {
        for (Kind kind : kinds().subList(0, 2)) {
            Client client = client();
            fit(client, "secret", 1, kind);

            assertThat(evaluated(client, "secret", kind)).isNotEqualTo(Sums.NONE);
            assertThat(evaluated(client, "open", kind)).isEqualTo(Sums.NONE);
            assertThat(client.perform(new Task.Personalise("run", 1, data("open"), PREPROCESSING, MODEL,
                    sent(kind.own()), kind.own(), new LocalTraining(1, 5, 0.1, 0, 0, true), new Seed(9), Detail.NONE,
                    1))).isInstanceOf(Report.Failed.class);
        }
    }

    private static Sums evaluated(Client client, String set, Kind kind) throws InterruptedException {
        return ((Report.Evaluated) client.perform(new Task.Evaluate("run", 1, data(set), PREPROCESSING, MODEL,
                sent(kind.own()), Detail.NONE, 1, kind.own()))).sums();
    }
}
