package dev.hansa.spec;

import static dev.hansa.spec.RunFileProblems.bad;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns that cannot be, and keys that contradict each other. */
class InvalidColumnsTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                // columns
                bad("x: number", "x: float",
                        "4:17: data.features.x: found \"float\", expected number, {type: category, values: …}, "
                                + "{type: text, length: …} or {type: words, buckets: …}"),
                bad("x: number", "z: number", "4:25: data.features.z: this key is here twice, expected it once"),
                bad("x: number", "' ': number",
                        "4:14: data.features. : found the text \" \", expected the name of a column, of at most 256 "
                                + "characters, none of them a control character"),
                bad("x: number", "\"x\\ty\": number",
                        "4:14: data.features.x�y: found the text \"x�y\", expected the name of a column, of at most "
                                + "256 characters, none of them a control character"),
                bad("[0, 1]", "[\"0\\n21:00:00 joined\", 1]",
                        "4:54: data.features.z.values[0]: found the text \"0�21:00:00 joined\", expected a text of at "
                                + "most 256 characters without blanks around it, none of them a control character"),
                bad("x: number", "x: {type: number, unit: \"m\\u001b[2J\"}",
                        "4:38: data.features.x.unit: found the text \"m�[2J\", expected a text of at most 200 "
                                + "characters, none of them a control character"),
                bad("{every: 5}", "{column: " + "c".repeat(257) + ", value: test}",
                        "6:21: data.holdOut.column: found \"" + "c".repeat(60)
                                + "…\", expected the name of a column, of "
                                + "at most 256 characters, none of them a control character"),
                bad("label:", "set: \"a\\tb\"\n  label:",
                        "5:8: data.set: found the text \"a�b\", expected a name of 1 to 100 characters, none of them a "
                                + "control character"),
                bad("[0, 1]", "[0]",
                        "4:53: data.features.z.values: found a list, expected a list of 2 to 10000 different "
                                + "values, each a text of at most 256 characters without blanks around it, none of "
                                + "them a control character"),
                bad("[0, 1]", "[0, 0]",
                        "4:57: data.features.z.values[1]: \"0\" is in the list twice, expected it once"),
                bad("{y: number}", "{y: number, w: number}",
                        "5:10: data.label: found a mapping, expected the name of one "
                                + "column of numbers, or a mapping from its name to number, {type: category, values: …} "
                                + "or nextCharacter"),
                bad("features: {x: number, z: {type: category, values: [0, 1]}}", "features: [x, x]",
                        "4:17: data.features[1]: \"x\" is in the list twice, expected it once"),
                bad("features: {x: number, z: {type: category, values: [0, 1]}}", "features: {}",
                        "4:13: data.features: found a mapping, expected a list of names of columns of numbers, or a mapping "
                                + "from the name of each column to number, {type: category, values: …}, "
                                + "{type: text, length: …} or {type: words, buckets: …}"),
                bad("{every: 5}", "{evry: 5}", "6:13: data.holdOut.evry: unknown key, did you mean every?"),
                bad("{every: 5}", "{colum: set, value: test}",
                        "6:13: data.holdOut.colum: unknown key, did you mean column?"),
                bad("{every: 5}", "{nth: 5}",
                        "6:12: data.holdOut: found a mapping, expected none, {every: …} or {column: …, value: …}"),
                // contradictions
                bad("nodes: 3", "nodes: 1",
                        "10:17: cohort.nodes: nodes is 1, expected at least the 2 of minimumReports"),
                bad("nodes: 3", "nodes: 3, minimumReports: 3, size: 2",
                        "10:45: cohort.size: size is 2, expected at least the 3 of minimumReports"),
                bad("nodes: 3", "nodes: 3, overSelection: 1.3",
                        "10:35: cohort.overSelection: without a size all nodes are asked anyway; set cohort.size"),
                bad("nodes: 3", "size: 3, overSelection: 11",
                        "10:34: cohort.overSelection: found \"11\", expected a number from 1 to 10"),
                bad("nodes: 3", "partialWork: yes",
                        "10:23: cohort.partialWork: found \"yes\", expected auto, accept or discard"),
                bad("nodes: 3", "minimumReports: 3",
                        "10:9: cohort.nodes: nodes is 2, expected at least the 3 of minimumReports"),
                bad("model: linear", "model: softmax",
                        "7:8: model: model softmax predicts a class, but the label y is a "
                                + "number; use linear or mlp"),
                bad("model: linear", "model: {type: mlp, hidden: [999999999, 9]}",
                        "7:8: model: tensor layer1.weight has the dimensions [999999999, 3], more than the 2147483647 values "
                                + "that one model may hold"),
                bad("{y: number}", "x", "5:10: data.label: the label x is also among the features"),
                bad("{every: 5}", "{column: y, value: 1}",
                        "6:12: data.holdOut: the column y marks rows to hold out, so it "
                                + "can be neither feature nor label"),
                bad("metric: rmse", "metric: accuracy",
                        """
                                12:25: stop.target.metric: accuracy measures classes, but the label y is a number; use rmse, mae, \
                                r2 or loss
                                run.yaml:12:42: stop.target.value: accuracy is never above 1, expected a value such as 0.95"""),
                bad("value: 4.5", "value: -1", "12:38: stop.target.value: rmse is never below 0, so this cannot end the"
                        + " run; expected a value above 0"),
                bad("evaluation: {every: 1}", "evaluation: {every: 0}",
                        "12:16: stop.target: nothing is evaluated, so this "
                                + "cannot end the run; set evaluation.every to 1 or more"),
                bad("holdOut: {every: 5}", "",
                        "12:16: stop.target: there are no rows to evaluate on, so this cannot end "
                                + "the run; set data.holdOut"),
                bad("target: {metric: rmse, value: 4.5}", "patience: {rounds: 50}",
                        "12:27: stop.patience.rounds: the run "
                                + "ends after 50 rounds anyway, expected fewer rounds of patience"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aProblemIsNamedWithItsPlace(String good, String bad, String problem) {
        RunFileProblems.check(good, bad, problem);
    }
}
