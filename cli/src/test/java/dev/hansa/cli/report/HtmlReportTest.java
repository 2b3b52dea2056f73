package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.SampleRun;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlReportTest {

    static Document parsed(RunResult result) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(HtmlReport.of(result))));
    }

    private static List<Element> all(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    static String text(Document page) {
        return page.getDocumentElement().getTextContent();
    }

    @Test
    void holdsWhatOneAsksFirst() throws Exception {
        String text = text(parsed(SampleRun.result("Boston housing", 50, List.of("alice", "bob"))));
        assertThat(text).contains("Boston housing", "Estimate house prices without showing anybody a sale.",
                "finished: all 50 rounds are done", "4.633", "1000 $", "50 of 50", "311 kB", "4.3 s",
                "4 March 2026, 15:06 UTC", "run r-1 at https://localhost:8443", "Hansa 1.2.3", "hansa run run.yaml",
                "name: Boston housing\nrounds: 50\n");
    }

    @Test
    void drawsEachNodeAndAllTogether() throws Exception {
        Document page = parsed(SampleRun.result("r", 12, List.of("alice", "bob")));
        List<Element> charts =
                all(page, "svg").stream().filter(svg -> svg.getAttribute("class").equals("chart")).toList();
        assertThat(charts).hasSize(3).allSatisfy(chart -> {
            assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
            assertThat(chart.getElementsByTagName("desc").item(0).getTextContent()).contains("alice: ", "bob: ",
                    "all nodes together: ", "in round 12");
            assertThat(chart.getElementsByTagName("circle").getLength()).isEqualTo(36);
            assertThat(lines(chart)).hasSize(3).doesNotHaveDuplicates().allMatch(line -> line.split("L").length == 12);
        });
    }

    @Test
    void chartsStandInPairsAndLeaveNoHole() throws Exception {
        assertThat(shapes(SampleRun.result("r", 12, List.of("alice", "bob")))).containsExactly("wide", "half", "half");
        RunResult sample = SampleRun.result("r", 3, List.of("alice", "bob"));
        List<RoundRecord> unevaluated = sample.rounds().stream().map(round -> new RoundRecord(round.round(),
                round.training(), Metrics.NONE, new TreeMap<>(), round.duration())).toList();
        assertThat(shapes(new RunResult("", sample.spec(), unevaluated, sample.outcome(), new TreeMap<>(),
                List.of(), List.of(), new TreeMap<>(), sample.started(), sample.duration(), sample.setting(),
                Optional.empty())))
                .containsExactly("wide");
    }

    private static List<String> shapes(RunResult result) throws Exception {
        return all(parsed(result), "figure").stream().map(figure -> figure.getAttribute("class")).toList();
    }

    private static List<String> lines(Element chart) {
        NodeList paths = chart.getElementsByTagName("path");
        return IntStream.range(0, paths.getLength()).mapToObj(i -> (Element) paths.item(i))
                .filter(path -> path.getAttribute("class").startsWith("line ")).map(path -> path.getAttribute("d"))
                .toList();
    }

    @Test
    void comparesModelsAsBarsAndAsTable() throws Exception {
        Document page = parsed(SampleRun.result("r", 3, List.of("alice", "bob")).with(SampleRun.comparison()));
        assertThat(all(page, "rect").stream().filter(bar -> bar.getElementsByTagName("title").getLength() == 1))
                .hasSize(12);
        assertThat(text(page)).contains("together (federated), Bob's: 5.570", "Alice alone", "14.12", "0.7640");
        assertThat(all(page, "tr").stream().filter(row -> row.getAttribute("class").equals("this"))
                .map(Element::getTextContent)).containsExactly("together (federated)4.4704.0205.5700.7640");
    }

    @Test
    void saysInRedWhatWasNotProtected() throws Exception {
        Document page = parsed(SampleRun.result("r", 3, List.of("alice", "bob")));
        assertThat(all(page, "ul").stream().filter(list -> list.getAttribute("class").contains("bad"))
                .map(Element::getTextContent)).singleElement().asString()
                .contains("The coordinator could see each node's update.", "There was no differential privacy.")
                .doesNotContain("made of one update");
    }

    @Test
    void namesAndReasonsOfOthersAreTextAndNothingElse() throws Exception {
        String evil = "</title><script>alert(1)</script>\"'&\u0000\u001b";
        RunResult sample = SampleRun.result(evil, 3, List.of(evil, "bob"));
        TreeMap<String, String> refused = new TreeMap<>();
        refused.put("<img src=x onerror=alert(1)>", evil);
        RunResult result = new RunResult(evil, sample.spec(), sample.rounds(), new RunEvent.Failed(evil), refused,
                List.of(new RunEvent.ClientLate(1, evil, RunEvent.Phase.FIT, Duration.ZERO)),
                List.of(new RunEvent.RoundAbandoned(1, 1, evil)), sample.trafficByNode(),
                Instant.EPOCH, Duration.ZERO, new RunResult.Setting(true, evil, evil, evil), Optional.empty());

        Document page = parsed(result);
        assertThat(all(page, "script")).isEmpty();
        assertThat(all(page, "img")).isEmpty();
        assertThat(all(page, "title").getFirst().getTextContent())
                .isEqualTo("</title><script>alert(1)</script>\"'&\uFFFD\uFFFD – Hansa");
    }

    @Test
    void standsAlone() throws Exception {
        Document page = parsed(SampleRun.result("r", 3, List.of("alice", "bob")).with(SampleRun.comparison()));
        List<Element> everything = all(page, "*");
        Set<String> ids = new HashSet<>();
        for (Element element : everything) {
            assertThat(element.getTagName()).isNotIn("script", "link", "img", "iframe", "object", "use");
            for (String loading : List.of("src", "href", "xlink:href", "onload", "onclick", "style")) {
                assertThat(element.hasAttribute(loading)).isFalse();
            }
            assertThat(element.getAttribute("id").isEmpty() || ids.add(element.getAttribute("id"))).isTrue();
        }
        for (Element element : everything) {
            for (String id : element.getAttribute("aria-labelledby").split(" ")) {
                assertThat(id.isEmpty() || ids.contains(id)).as(id).isTrue();
            }
        }
        assertThat(all(page, "style").getFirst().getTextContent()).doesNotContain("url(", "@import")
                .contains("prefers-color-scheme: dark", "@media print");
    }

    @Test
    void manyNodesAndManyRoundsStayReadable() throws Exception {
        List<String> nodes = new ArrayList<>();
        IntStream.range(0, 120).forEach(i -> nodes.add("node-" + i));
        Document page = parsed(SampleRun.result("r", 200, nodes));
        assertThat(text(page)).contains("each of 120 nodes", "And 70 more nodes: see metrics.csv.");
        assertThat(all(page, "circle")).isEmpty();
    }

    @Test
    void tellsOfModelsOfTheirOwnAndOfClusters() throws Exception {
        RunResult sample = SampleRun.result("r", 2, List.of("alice", "bob"));
        List<RoundRecord> rounds = sample.rounds().stream().map(round -> {
            TreeMap<String, ClientRound> parts = new TreeMap<>();
            round.clients().forEach((name, part) -> parts.put(name, new ClientRound(part.training(), part.evaluation(),
                    part.traffic(), part.partial(), part.rows(), OptionalInt.of(name.equals("bob") ? 3 : 1))));
            return new RoundRecord(round.round(), round.training(), round.evaluation(), parts, round.duration());
        }).toList();
        Closing closing = new Closing(new TreeSet<>(), new TreeMap<>(Map.of("alice",
                new Closing.Personal(rounds.get(0).evaluation(), rounds.get(1).evaluation()))));
        Document page = parsed(new RunResult("", sample.spec(), rounds, sample.outcome(), new TreeMap<>(), List.of(),
                List.of(), sample.trafficByNode(), sample.started(), sample.duration(), sample.setting(),
                Optional.empty()).with(closing));

        assertThat(text(page)).contains("Models of their own", "The own model is better at 1 of 1 node");
        List<String> rows = all(page, "tr").stream().map(Element::getTextContent).toList();
        assertThat(rows).contains("roundcluster 1cluster 2cluster 3", "1101", "2101", "3bob");
    }

    @Test
    void namesTheNodesWhoseModelsWereShownToOthers() throws Exception {
        RunResult sample = SampleRun.result("r", 2, List.of("alice", "bob"));
        TreeMap<String, SortedMap<String, Metrics>> rows = new TreeMap<>(Map.of("alice", new TreeMap<>(),
                "bob", new TreeMap<>(Map.of("alice", sample.rounds().get(0).evaluation()))));

        assertThat(text(parsed(sample))).doesNotContain("Models of single nodes");
        assertThat(text(parsed(sample))).doesNotContain("Not measured");
        assertThat(text(parsed(sample.with(new Closing(new TreeSet<>(), new TreeMap<>(), rows)))))
                .contains("Models of single nodes were shown to the others.", "the owners of bob agreed");
    }

    @Test
    void tellsOfPartialWorkAndOfAnswersThatCameTooLate() throws Exception {
        RunResult sample = SampleRun.result("r", 2, List.of("alice", "bob"));
        List<RoundRecord> rounds = sample.rounds().stream().map(round -> {
            TreeMap<String, ClientRound> parts = new TreeMap<>(round.clients());
            parts.computeIfPresent("bob", (name, part) -> new ClientRound(part.training(), part.evaluation(),
                    part.traffic(), OptionalDouble.of(0.4)));
            return new RoundRecord(round.round(), round.training(), round.evaluation(), parts, round.duration());
        }).toList();
        List<RunEvent.ClientLate> late = IntStream.rangeClosed(1, 6)
                .mapToObj(
                        round -> new RunEvent.ClientLate(round, "carol", RunEvent.Phase.FIT, Duration.ofSeconds(round)))
                .toList();
        Document page = parsed(new RunResult("", sample.spec(), rounds, sample.outcome(), new TreeMap<>(), late,
                IntStream.rangeClosed(1, 6).mapToObj(n -> new RunEvent.RoundAbandoned(2, n, "got 1 update")).toList(),
                sample.trafficByNode(), sample.started(), sample.duration(), sample.setting(), Optional.empty()));

        assertThat(text(page)).contains("carol answered too late 6 times: 1.0 s after round 1, 2.0 s after round 2, "
                + "3.0 s after round 3, 4.0 s after round 4, 5.0 s after round 5, ….");
        assertThat(text(page))
                .contains("6 attempts at a round could not be counted: round 2, attempt 1: got 1 update; ")
                .contains("round 2, attempt 5: got 1 update; …").doesNotContain("attempt 6");
        List<String> rows = all(page, "tr").stream().map(Element::getTextContent).toList();
        assertThat(rows).as("a node's two updates, both partial").anyMatch(row -> row.startsWith("bobat least 29922"));
        assertThat(rows).as("rows of all, of whom one was never done")
                .anyMatch(row -> row.startsWith("togetherat least 598"));
        assertThat(rows).as("a round's two updates, one partial, and one late")
                .anyMatch(row -> row.contains("21106.2 kB"));
    }

    @Test
    void discardedUpdatesAreCountedAndTheirNodesNamedWithTheReasons() throws Exception {
        RunResult sample = SampleRun.result("r", 6, List.of("alice", "bob"));
        List<RoundRecord> rounds = sample.rounds().stream()
                .map(round -> SampleRun.discarded(round, "carol", "it is not finite")).toList();
        Document page = parsed(new RunResult("", sample.spec(), rounds, sample.outcome(), new TreeMap<>(), List.of(),
                List.of(), sample.trafficByNode(), sample.started(), sample.duration(), sample.setting(),
                Optional.empty()));

        assertThat(text(page)).contains("carol sent 6 updates that could not be counted: it is not finite (round 1); ")
                .contains("it is not finite (round 5); …").doesNotContain("(round 6)");
        assertThat(all(page, "tr").stream().map(Element::getTextContent)).as("two updates, none partial or late")
                .anyMatch(row -> row.contains("20016.2 kB"));
    }

    @Test
    void tellsWhatCompressionSavedOfEachNodesUpdatesAndOfAll() throws Exception {
        RunResult sample = SampleRun.result("r", 2, List.of("alice", "bob"));
        TreeMap<String, Traffic> traffic = new TreeMap<>();
        traffic.put("alice", new Traffic(5_000, 2_000, 6_000));
        traffic.put("bob", new Traffic(5_000, 2_000, 7_000));
        Document page = parsed(new RunResult("", sample.spec(), sample.rounds(), sample.outcome(), new TreeMap<>(),
                List.of(), List.of(), traffic, sample.started(), sample.duration(), sample.setting(),
                Optional.empty()));

        assertThat(text(page)).contains("updates4.0 kBinstead of 17 kB");
        List<String> rows = all(page, "tr").stream().map(Element::getTextContent).toList();
        assertThat(rows).anyMatch(row -> row.endsWith("received from itsaved by compression"));
        assertThat(rows).anyMatch(row -> row.startsWith("alice") && row.endsWith("5.0 kB2.0 kB6.0 kB"));
        assertThat(rows).anyMatch(row -> row.startsWith("bob") && row.endsWith("5.0 kB2.0 kB7.0 kB"));
        assertThat(rows).anyMatch(row -> row.startsWith("together") && row.endsWith("10 kB4.0 kB13 kB"));
        assertThat(text(parsed(sample))).as("nothing was compressed").doesNotContain("instead of");
    }

    @Test
    void tellsWhoTookPartHowOftenAndHowFarApartTheNodesLie() throws Exception {
        RunResult sample = SampleRun.result("r", 2, List.of("alice", "bob"));
        List<RoundRecord> rounds = sample.rounds().stream().map(round -> new RoundRecord(round.round(),
                round.training(), round.evaluation(), round.clients(), round.duration(), round.discarded(),
                new TreeSet<>(List.of("alice", "bob", "carol")))).toList();
        List<String> rows = all(parsed(new RunResult("", sample.spec(), rounds, sample.outcome(), new TreeMap<>(),
                List.of(), List.of(), sample.trafficByNode(), sample.started(), sample.duration(), sample.setting(),
                Optional.empty())), "tr").stream().map(Element::getTextContent).toList();

        assertThat(rows).contains("alice2250.0 %50.0 %", "carol200.0 %0.0 %", "evenness (Jain)0.66670.6667");
        assertThat(rows).as("9.5 / 2^0.8 + 4.2 and 10.5 / 2^0.8 + 4.2, tenths between them")
                .contains("RMSE29.6569.7149.94310.1710.23bob");
        assertThat(all(parsed(sample), "tr").stream().map(Element::getTextContent)).as("records of before")
                .contains("alice–250.0 %50.0 %");
    }

    @Test
    void tellsWhatIsTakenForWhatIfItWasAskedFor() throws Exception {
        RunResult sample = SampleRun.result("r", 2, List.of("alice", "bob"));
        RunSpec plain = sample.spec();
        Schema classes = new Schema(plain.data().schema().features(),
                new Column.Category("sick", "", List.of("no", "yes")));
        RunSpec spec = new RunSpec(plain.name(), plain.purpose(),
                new DataSpec("rows", classes, plain.data().holdOut(), true), new ModelSpec.Softmax(), plain.strategy(),
                plain.compression(), 2, plain.cohort(),
                new Evaluation(1, new TreeSet<>(List.of("confusion", "auc")), 20), plain.stop(), plain.seed());
        Metrics measured = new Metrics(new TreeMap<>(Map.of(Metrics.EXAMPLES, 100.0, Metrics.ACCURACY, 0.8,
                Metrics.AUC, 0.875, Metrics.AUC_ERROR, 0.0125, Metrics.DETAILED, 80.0, "confusion.000.000", 50.0,
                "confusion.001.000", 12.0, "confusion.001.001", 18.0)));
        List<RoundRecord> rounds = sample.rounds().stream().map(round -> new RoundRecord(round.round(),
                round.training(), measured, round.clients(), round.duration())).toList();
        Document page = parsed(new RunResult("", spec, rounds, sample.outcome(), new TreeMap<>(), List.of(), List.of(),
                sample.trafficByNode(), sample.started(), sample.duration(), sample.setting(), Optional.empty()));

        assertThat(all(page, "tr").stream().map(Element::getTextContent)).contains("sicktaken for notaken for yes",
                "no500", "yes1218");
        assertThat(text(page)).contains("Counted of 80 rows of 100", "held-out AUC0.8750",
                "held-out AUC bin error, at most0.0125");
        assertThat(text(parsed(sample))).doesNotContain("taken for");
        assertThat(all(page, "td").stream().filter(cell -> cell.getAttribute("class").startsWith("heat")).map(
                cell -> cell.getAttribute("class") + " " + cell.getAttribute("style")))
                .as("the share of each class's rows")
                .containsExactly("heat right --share: 100%", "heat wrong --share: 0%", "heat wrong --share: 40%",
                        "heat right --share: 60%");
        assertThat(all(page, "figcaption").stream().map(Element::getTextContent)).containsExactly(
                "Accuracy of the global model on held-out rows", "Training loss in the last local epoch",
                "Loss of the global model on held-out rows", "AUC of the global model on held-out rows");
    }

    @Test
    void ofManyNodesItIsDrawnWhereMostOfThemLie() throws Exception {
        List<String> nodes = IntStream.range(0, 11).mapToObj(i -> "node-" + i).toList();
        Document page = parsed(SampleRun.result("r", 4, nodes));

        assertThat(all(page, "figcaption").stream().map(Element::getTextContent))
                .contains("How far apart the nodes lie in RMSE [1000 $]");
        assertThat(all(page, "desc").stream().map(Element::getTextContent)).as("9.5 + 4.2 and 0 to 10 more")
                .anyMatch(text -> text.startsWith("By round. the median: 18.70 in round 1")
                        && text.contains("the largest: 23.70 in round 1")
                        && text.contains("nine in ten have less: 22.70 in round 1")
                        && text.contains("one in ten has less: 14.70 in round 1")
                        && text.contains("the smallest: 13.70 in round 1"));
    }
}
