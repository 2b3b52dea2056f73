package dev.hansa.wire.message;

import static dev.hansa.wire.message.Samples.BLOB;
import static dev.hansa.wire.message.Samples.PARAMETERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Report;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.Blob;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReportCodecTest {
    private static final TableStatistics STATISTICS = new TableStatistics(374, 94,
            new TreeMap<>(Map.of("rooms", new ColumnStatistics(374, 2351.5, 14800.25),
                    "price", new ColumnStatistics(374, 9000, 250000))));

    private static ParameterSource noBlob(BlobRef blob) {
        throw new AssertionError("nobody should ask for " + blob);
    }

    static List<Report> reports() {
        return List.of(new Report.Described(STATISTICS), new Report.Described(TableStatistics.NONE),
                new Report.Described(TableStatistics.NONE, List.of(0L, -1L, 1L << 45)),
                new Report.Fitted(new ModelUpdate(PARAMETERS, 374, Sums.of(Map.of(Sums.LOSS, 12.5)))),
                new Report.Fitted(new ModelUpdate(PARAMETERS, 374, Sums.NONE, 5.0 / 18)),
                new Report.Evaluated(Sums.of(Map.of(Sums.LOSS, Double.NaN, Sums.EXAMPLES, 3.0))),
                new Report.Evaluated(Sums.NONE), new Report.Refused("no column rooms\nin housing.csv"),
                new Report.Failed("disk full"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void aReportComesBackAsItWasSent(Report report) {
        byte[] bytes = ReportCodec.encode(report, difference -> BLOB).toByteArray();

        Report decoded = ReportCodec.decode(Messages.parse(dev.hansa.wire.proto.Report.parser(), bytes), blob -> {
            assertThat(blob).isEqualTo(BLOB);
            return PARAMETERS;
        });

        assertThat(decoded).isEqualTo(report);
    }

    @Test
    void aReasonIsShortenedAndCannotSteerATerminal() {
        Report.Refused refused = new Report.Refused("\u001b[2J\u009b2J" + "x".repeat(Limits.TEXT_CHARS));

        Report decoded = ReportCodec.decode(ReportCodec.encode(refused, difference -> BLOB), ReportCodecTest::noBlob);

        assertThat(((Report.Refused) decoded).reason()).hasSize(Limits.TEXT_CHARS).startsWith(" [2J 2Jxx")
                .endsWith("x…");
    }

    static Stream<Arguments> defects() {
        Report fitted = new Report.Fitted(new ModelUpdate(PARAMETERS, 374, Sums.NONE));
        Report described = new Report.Described(STATISTICS);
        return Stream.of(
                defect("report: answers nothing", fitted, report -> report.clearAnswer()),
                defect("fitted.weight: found 0.0", fitted, report -> report.getFittedBuilder().setWeight(0)),
                defect("fitted.weight: found NaN", fitted, report -> report.getFittedBuilder().setWeight(Double.NaN)),
                defect("fitted.weight: found Infinity", fitted,
                        report -> report.getFittedBuilder().setWeight(Double.POSITIVE_INFINITY)),
                defect("fitted.share: found 0.0", fitted, report -> report.getFittedBuilder().setShare(0)),
                defect("fitted.share: found 1.5", fitted, report -> report.getFittedBuilder().setShare(1.5)),
                defect("fitted.share: found NaN", fitted, report -> report.getFittedBuilder().setShare(Double.NaN)),
                defect("fitted.difference: is missing", fitted, report -> report.getFittedBuilder().clearDifference()),
                defect("fitted.difference: a SHA-256 has 32 bytes, got 0", fitted,
                        report -> report.getFittedBuilder().setDifference(Blob.newBuilder().setSizeBytes(9))),
                defect("fitted.sums: found 1001 entries", fitted, report -> {
                    for (int i = 0; i <= Limits.SUMS; i++) {
                        report.getFittedBuilder().putSums("sum" + i, i);
                    }
                }),
                defect("fitted.sums: found 300 characters", fitted,
                        report -> report.getFittedBuilder().putSums("s".repeat(300), 1)),
                defect("described.training_rows: found 18446744073709551615", described,
                        report -> report.getDescribedBuilder().setTrainingRows(-1)),
                defect("described.columns[rooms].count: found", described,
                        report -> column(report, "rooms", -5, 0, 0)),
                defect("described.columns[rooms].sum: found NaN", described,
                        report -> column(report, "rooms", 1, Double.NaN, 0)),
                defect("described.columns[rooms].sum_of_squares: found -1.0", described,
                        report -> column(report, "rooms", 1, 1, -1)),
                defect("described.columns: found no name", described, report -> column(report, "", 1, 1, 1)));
    }

    private static void column(dev.hansa.wire.proto.Report.Builder report, String name, long count, double sum,
            double sumOfSquares) {
        report.getDescribedBuilder().putColumns(name, dev.hansa.wire.proto.ColumnStatistics.newBuilder().setCount(count)
                .setSum(sum).setSumOfSquares(sumOfSquares).build());
    }

    private static Arguments defect(String message, Report report,
            Consumer<dev.hansa.wire.proto.Report.Builder> change) {
        return Arguments.of(message, report, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void aMalformedReportIsRefusedByFieldBeforeItsBlobIsOpened(String message, Report report,
            Consumer<dev.hansa.wire.proto.Report.Builder> change) {
        dev.hansa.wire.proto.Report.Builder changed = ReportCodec.encode(report, difference -> BLOB).toBuilder();
        change.accept(changed);

        assertThatThrownBy(() -> ReportCodec.decode(changed.build(), ReportCodecTest::noBlob))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith(message);
    }
}
