package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.simulation.DeviceProfile;
import dev.hansa.spec.document.InvalidSpecException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code simulation}: what real runs do not look at. */
class SimulationTest {
    private static final String CLASSES =
            RunFileTest.SHORTEST.replace("label: y", "label: {y: {type: category, values: [a, b]}}")
                    .replace("model: linear", "model: softmax");

    private static Optional<Partition> partition(String partition) {
        return RunFile.parse(CLASSES + "simulation: {partition: " + partition + "}\n", "run.yaml").simulation()
                .partition();
    }

    @Test
    void eachWayToDivideIsRead() {
        assertThat(partition("none")).isEmpty();
        assertThat(partition("{type: iid, clients: 10}")).contains(new Partition.Iid(10));
        assertThat(partition("{type: column, column: writer}")).contains(new Partition.ByColumn("writer"));
        assertThat(partition("{type: dirichlet, clients: 100, alpha: 0.3}"))
                .contains(new Partition.Dirichlet(100, 0.3));
        assertThat(partition("{type: shards, clients: 100, shards: 2}")).contains(new Partition.Shards(100, 2));
        assertThat(partition("{type: powerLaw, clients: 100, exponent: 1.5}"))
                .contains(new Partition.PowerLaw(100, 1.5));
    }

    private static Optional<Devices> devices(String devices) {
        return RunFile.parse(CLASSES + "simulation: {devices: " + devices + "}\n", "run.yaml").simulation().devices();
    }

    @Test
    void eachKindOfDevicesIsRead() {
        assertThat(devices("none")).isEmpty();
        assertThat(devices("phones")).contains(new Devices("phones", DeviceProfile.PHONES));
        assertThat(devices("{type: edge}")).contains(new Devices("edge", DeviceProfile.EDGE));
        assertThat(devices("hospitals")).contains(new Devices("hospitals", DeviceProfile.HOSPITALS));
        assertThat(devices("dataCentre")).contains(new Devices("dataCentre", DeviceProfile.DATA_CENTRE));
        assertThat(Devices.kindNames()).allSatisfy(kind -> assertThat(devices(kind)).isEqualTo(Devices.of(kind)));
    }

    @Test
    void theKeysOfAKindChangeIt() {
        DeviceProfile phones = DeviceProfile.PHONES;
        assertThat(devices("{type: phones, dropout: 0.5, availability: 1}").orElseThrow().profile())
                .isEqualTo(new DeviceProfile(phones.speed(), phones.speedSpread(), phones.downloadBytes(),
                        phones.uploadBytes(), phones.linkSpread(), DeviceProfile.atAllHours(1), phones.timeZones(),
                        0.5));
        assertThat(devices("{type: custom, examplesPerSecond: 10}")).contains(new Devices("custom",
                new DeviceProfile(10, 1, 12_500_000, 12_500_000, 1, DeviceProfile.atAllHours(1), 1, 0)));
        assertThat(
                devices("{type: custom, examplesPerSecond: 10, availability: [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,"
                        + " 1, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.25]}").orElseThrow().profile().availability())
                .startsWith(0.0, 0.0, 0.0, 1.0).endsWith(0.5, 0.25);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "phoness | 6:23: simulation.devices: found \"phoness\", expected none, phones, edge, hospitals, dataCentre or"
                    + " {type: custom, examplesPerSecond: …}; did you mean phones?",
            "{type: phones, dropout: 1} | 6:47: simulation.devices.dropout: found \"1\", expected a number from 0 to below 1",
            "{type: edge, availability: 0} | 6:50: simulation.devices.availability: found \"0\", expected a number above 0,"
                    + " at most 1, or a list of 24 numbers from 0 to 1, one for each hour from midnight on",
            "{type: edge, availability: [1, 1]} | 6:50: simulation.devices.availability: found a list, expected a list of 24"
                    + " to 24 values, each a number from 0 to 1",
            "{type: edge, dropuot: 0.1} | 6:36: simulation.devices.dropuot: unknown key, did you mean dropout?",
            "custom | 6:23: simulation.devices.examplesPerSecond: missing, expected a number greater than 0"})
    void whatNoDeviceIsIsRefused(String devices, String problem) {
        InvalidSpecException thrown = catchThrowableOfType(InvalidSpecException.class, () -> devices(devices));
        assertThat(thrown).as("the devices are refused").hasMessage("run.yaml:" + problem);
    }

    @Test
    void theRunIsTheSameWithAndWithoutIt() {
        RunFile with = RunFile.parse(CLASSES + "simulation: {partition: {type: iid, clients: 10}}\n", "run.yaml");
        RunFile without = RunFile.parse(CLASSES, "run.yaml");
        assertThat(with.spec()).isEqualTo(without.spec());
        assertThat(without.simulation().partition()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{type: dirichlet, clients: 10, alpha: 0} | 6:63: simulation.partition.alpha: found \"0\", expected a number"
                    + " above 0, from 0.000001 to 1000000",
            "{type: dirichlet, clients: 10} | 6:25: simulation.partition.alpha: missing, expected a number above 0, from"
                    + " 0.000001 to 1000000",
            "{type: iid, clients: 0} | 6:46: simulation.partition.clients: found \"0\", expected a whole number of 1 or"
                    + " more",
            "dirichelt | 6:25: simulation.partition: found \"dirichelt\", expected none, {type: iid, clients: …}, {type:"
                    + " column, column: …}, {type: dirichlet, clients: …, alpha: …}, {type: shards, clients: …, shards: …}"
                    + " or {type: powerLaw, clients: …, exponent: …}; did you mean dirichlet?"})
    void whatCannotBeIsRefused(String partition, String problem) {
        InvalidSpecException thrown = catchThrowableOfType(InvalidSpecException.class, () -> partition(partition));
        assertThat(thrown).as("the partition is refused").hasMessage("run.yaml:" + problem);
    }

    @Test
    void numbersHaveNoClasses() {
        assertThat(catchThrowableOfType(InvalidSpecException.class, () -> RunFile.parse(RunFileTest.SHORTEST
                + "simulation: {partition: {type: dirichlet, clients: 3, alpha: 1}}\n", "run.yaml")))
                .hasMessage(
                        "run.yaml:6:25: simulation.partition: dirichlet divides by class, and the label y is a number;"
                                + " expected shards, which sorts by it, or iid, powerLaw or column");
    }

    @Test
    void aUseOfTheFileThatCannotBeIsToldAtItsPlace() {
        RunFile file = RunFile.parse(CLASSES + "cohort: {nodes: 4,\n  size: 3}\n", "run.yaml");
        assertThat(file.problem(Path.of("my.yaml"), "cohort.size", "too large"))
                .hasMessage("my.yaml:7:9: cohort.size: too large");
        assertThat(file.problem(Path.of("my.yaml"), "cohort.deadline", "too short"))
                .hasMessage("my.yaml:6:9: cohort.deadline: too short");
        assertThat(file.problem(Path.of("my.yaml"), "simulation.partition.clients", "too many"))
                .hasMessage("my.yaml:1:1: simulation.partition.clients: too many");
    }
}
