package dev.hansa.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.results.Fingerprint;
import dev.hansa.cli.simulate.NodesOfPartition;
import dev.hansa.spec.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepPlanTest {
    private static final RunFile FILE = RunFile.parse("""
            hansa: 1
            name: lines
            data: {features: [x], label: y, holdOut: {every: 4}}
            model: linear
            rounds: 30
            seed: 7
            """, "run.yaml");
    private static final Path OUT = Path.of("out");
    private static final NodesOfPartition NODES =
            NodesOfPartition.of(List.of(new NamedFile(Optional.empty(), Path.of("all.csv"))), Optional.empty());

    private static SweepPlan plan(Optional<Seeds> seeds, String... grid) {
        return SweepPlan.of(FILE, List.of(grid).stream().map(GridKey::parse).toList(), seeds, NODES, OUT);
    }

    @Test
    void seedsGoOnFromThatOfTheFile() {
        SweepPlan plan = plan(Optional.of(Seeds.parse("3")));
        assertThat(plan.runs()).extracting(PlannedRun::folder).containsExactly(OUT.resolve("seed-7"),
                OUT.resolve("seed-8"), OUT.resolve("seed-9"));
        assertThat(plan.runs()).extracting(run -> run.file().spec().seed().value()).containsExactly(7L, 8L, 9L);
        assertThat(plan(Optional.of(Seeds.parse("5,-1"))).runs()).extracting(PlannedRun::seed).containsExactly(5L, -1L);
    }

    @Test
    void aGridIsTheProductOfItsKeysWithEachSeed() {
        SweepPlan plan = plan(Optional.of(Seeds.parse("2")), "training.rate=0.1,0.2",
                "strategy=fedavg,{type: fedavgm, serverMomentum: 0.5}");
        assertThat(plan.cells()).extracting(Cell::name).containsExactly("training.rate=0.1, strategy=fedavg",
                "training.rate=0.1, strategy={type: fedavgm, serverMomentum: 0.5}",
                "training.rate=0.2, strategy=fedavg",
                "training.rate=0.2, strategy={type: fedavgm, serverMomentum: 0.5}");
        assertThat(plan.runs()).hasSize(8);
        assertThat(plan.runs().getFirst().folder()).isEqualTo(OUT.resolve("training.rate=0.1,strategy=fedavg/seed-7"));
        assertThat(plan.runs().get(2).folder().getParent().getFileName().toString())
                .matches("training.rate=0.1,strategy=fedavgm-serverMomentum-0.5-[0-9a-f]{8}");
        assertThat(plan.runs().getLast().file().settings()).containsEntry("strategy.serverMomentum", "0.5")
                .containsEntry("training.rate", "0.2").containsEntry("seed", "8");
    }

    @Test
    void differentValuesHaveDifferentFolders() {
        String odd = "x".repeat(150);
        SweepPlan plan = plan(Optional.empty(), "purpose=a b,'a b',a/b,../a," + odd + "1," + odd + "2");
        assertThat(plan.runs()).extracting(PlannedRun::folder).doesNotHaveDuplicates()
                .allSatisfy(folder -> assertThat(folder.normalize().getParent()).isEqualTo(OUT));
    }

    @Test
    void settingsThatMeanTheSameAreRunOnce() {
        SweepPlan plan = plan(Optional.of(Seeds.parse("2")), "training.rate=0.1,0.10,1e-1,0.2",
                "strategy=fedavg,{type: fedavg}");
        assertThat(plan.cells()).extracting(Cell::name).containsExactly("training.rate=0.1, strategy=fedavg",
                "training.rate=0.2, strategy=fedavg");
        assertThat(plan.runs()).hasSize(4).extracting(PlannedRun::number).containsExactly(0, 1, 2, 3);
        assertThat(plan.notes()).startsWith("training.rate=0.1, strategy={type: fedavg} is the same as"
                + " training.rate=0.1, strategy=fedavg: run once").endsWith("and 3 more settings likewise").hasSize(4);
    }

    @Test
    void theSameMappingHasTheSameFolderHoweverItIsWritten() {
        Path written = plan(Optional.empty(), "strategy={type: fedavgm, serverMomentum: 0.5}").runs().getFirst()
                .folder();
        assertThat(plan(Optional.empty(), "strategy={serverMomentum: 0.50,type: fedavgm}").runs().getFirst().folder())
                .isEqualTo(written);
        assertThat(plan(Optional.empty(), "strategy={serverMomentum: 0.6,type: fedavgm}").runs().getFirst().folder())
                .isNotEqualTo(written);
    }

    @Test
    void keysOfAColumnAreKeysToo() {
        RunFile file = RunFile.parse("""
                hansa: 1
                name: spam
                data:
                  features: {SMS: {type: words, buckets: 64}}
                  label: {KIND: {type: category, values: [ham, spam]}}
                model: softmax
                rounds: 3
                """, "run.yaml");
        SweepPlan plan = SweepPlan.of(file, List.of(GridKey.parse("data.features.SMS.buckets=32,128")),
                Optional.empty(), NODES, OUT);
        assertThat(plan.runs()).extracting(run -> run.file().spec().data().schema().inputs()).containsExactly(32, 128);
        assertThat(plan.runs().getFirst().folder()).isEqualTo(OUT.resolve("data.features.SMS.buckets=32"));
        assertThatThrownBy(() -> SweepPlan.of(file, List.of(GridKey.parse("data.features.TEXT.buckets=32")),
                Optional.empty(), NODES, OUT)).hasMessageContaining("has no column TEXT with keys of its own");
        assertThatThrownBy(() -> SweepPlan.of(file, List.of(GridKey.parse("data.features.SMS.bukets=32")),
                Optional.empty(), NODES, OUT)).hasMessageContaining("--grid data.features.SMS.bukets=32: ");
        assertThatThrownBy(() -> plan(Optional.empty(), "data.features.x.unit=m"))
                .hasMessageContaining("expected one that is written as x: {type: …}");
    }

    @Test
    void onlyTheSettingsAtFaultAreNamed() {
        assertThatThrownBy(() -> plan(Optional.empty(), "rounds=1,2", "training.rate=0.1,fast", "training.epochs=3"))
                .hasMessageStartingWith("--grid training.rate=fast: training.rate: found \"fast\"");
        RunFile many = RunFile.parse(FILE.text() + "cohort: {nodes: 6}\n", "run.yaml");
        assertThatThrownBy(() -> SweepPlan.of(many, Stream.of("rounds=1", "cohort.size=4", "cohort.minimumReports=3,5")
                .map(GridKey::parse).toList(), Optional.empty(), NODES, OUT))
                .hasMessageStartingWith("--grid cohort.size=4 --grid cohort.minimumReports=5: ");
    }

    @Test
    void aSettingThatHasToKnowHowManyNodesThereAreTakesItsClients() {
        RunFile divided =
                RunFile.parse(FILE.text() + "cohort: {size: 4}\nsimulation: {partition: {type: iid, clients: 12}}\n",
                        "run.yaml");
        SweepPlan plan = SweepPlan.of(divided, List.of(GridKey.parse("strategy=fedavg,scaffold"),
                GridKey.parse("simulation.partition.clients=12,20")), Optional.of(Seeds.parse("2")), NODES, OUT);
        assertThat(plan.runs().subList(4, 8)).extracting(run -> run.file().spec().cohort().nodes())
                .containsExactly(12, 12, 20, 20);
        assertThat(plan.runs().getFirst().file().settings()).doesNotContainEntry("cohort.nodes", "12");
        assertThat(plan.notes()).containsExactly(
                "strategy=scaffold, simulation.partition.clients=12: cohort.nodes is taken for 12, as many as the simulation"
                        + " has clients; a real run needs it in the run file",
                "strategy=scaffold, simulation.partition.clients=20: cohort.nodes is taken for 20, as many as the simulation"
                        + " has clients; a real run needs it in the run file");
        assertThatThrownBy(() -> SweepPlan.of(divided, List.of(GridKey.parse("strategy=scaffold"),
                GridKey.parse("simulation.partition.clients=3")), Optional.empty(), NODES, OUT)).as("too few")
                .hasMessageContaining("has to know among how many nodes");
    }

    @Test
    void theLargestSeedIsOne() {
        assertThat(Seeds.parse("9223372036854775807,1").listed()).containsExactly(Long.MAX_VALUE, 1L);
        assertThat(Seeds.parse("2").from(Long.MAX_VALUE - 1)).containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThatThrownBy(() -> Seeds.parse("9223372036854775808,1"))
                .hasMessageContaining("found the seed '9223372036854775808'");
        assertThatThrownBy(() -> Seeds.parse("2").from(Long.MAX_VALUE)).hasMessageContaining("no 2 seeds from");
    }

    @Test
    void aSeedOfTheGridIsOneToo() {
        assertThat(plan(Optional.empty(), "seed=1,2").runs()).extracting(PlannedRun::seed).containsExactly(1L, 2L);
        assertThatThrownBy(() -> plan(Optional.of(Seeds.parse("2")), "seed=1,2"))
                .hasMessageContaining("--seeds says the seeds");
    }

    @Test
    void whatARunFileCannotSayIsRefused() {
        assertThatThrownBy(() -> plan(Optional.empty(), "trainig.rate=1"))
                .hasMessage("--grid trainig.rate=1: a run file has no key trainig.rate; did you mean training.rate?");
        assertThatThrownBy(() -> plan(Optional.empty(), "training.rate=0.1,fast")).hasMessage(
                "--grid training.rate=fast: training.rate: found \"fast\", expected a number greater than 0");
        assertThatThrownBy(() -> plan(Optional.empty(), "training.rate=0.1", "training=fast"))
                .hasMessageContaining("change the same key");
        assertThatThrownBy(() -> plan(Optional.empty(), "rounds=1", "rounds=1"))
                .hasMessageContaining("change the same key");
        assertThatThrownBy(() -> plan(Optional.of(Seeds.parse("99999")), "training.rate=0.1,0.2"))
                .hasMessageContaining("199998 runs, expected at most 100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "=1", "a=", "a=1,,2", "a=1,1"})
    void whatIsNoGridIsRefused(String text) {
        assertThatThrownBy(() -> GridKey.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1,", "1,1", "a", "1.5", "1000000"})
    void whatAreNoSeedsIsRefused(String text) {
        assertThatThrownBy(() -> Seeds.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found '" + text + "'");
    }

    @Test
    void commasInBracketsAndQuotesBelongToAValue() {
        assertThat(GridKey.parse("a=[1, 2],{b: 1, c: [2,3]},'x,y',z").values()).containsExactly("[1, 2]",
                "{b: 1, c: [2,3]}", "'x,y'", "z");
    }

    @Test
    void theFingerprintIsOfWhatAFileMeansRatherThanHowItIsWritten() {
        RunFile spelled = RunFile.parse(FILE.text().replace("seed: 7", "seed: 7 # lucky") + "training: {epochs: 1}\n",
                "other.yaml");
        RunFile other = RunFile.parse(FILE.text() + "training: {epochs: 2}\n", "other.yaml");
        assertThat(Fingerprint.of(spelled.settings(), "d")).isEqualTo(Fingerprint.of(FILE.settings(), "d"))
                .isNotEqualTo(Fingerprint.of(other.settings(), "d")).isNotEqualTo(Fingerprint.of(FILE.settings(), "e"));
    }
}
