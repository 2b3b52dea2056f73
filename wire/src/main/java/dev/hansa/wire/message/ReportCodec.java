package dev.hansa.wire.message;

import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Report;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Limits;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reports as messages. An update's difference lies in a blob, uploaded before. */
public final class ReportCodec {

    private ReportCodec() {}

    /**
     * The message.
     *
     * @param blobs tells the blob that holds the difference; called only for a report that has one
     */
    public static dev.hansa.wire.proto.Report encode(Report report, Function<ParameterSource, BlobRef> blobs) {
        var message = dev.hansa.wire.proto.Report.newBuilder();
        if (report instanceof Report.Described described) {
            message.setDescribed(encode(described.statistics()).toBuilder().addAllMoments(described.moments()));
        } else if (report instanceof Report.Summed summed) {
            message.setSummed(StatisticsCodec.encode(summed.numbers()));
        } else if (report instanceof Report.Fitted fitted) {
            ModelUpdate update = fitted.update();
            var answer = dev.hansa.wire.proto.Report.Fitted.newBuilder()
                    .setDifference(BlobCodec.encode(blobs.apply(update.difference())))
                    .setWeight(update.weight()).putAllSums(update.sums().values());
            if (update.isPartial()) {
                answer.setShare(update.share());
            }
            message.setFitted(answer);
        } else if (report instanceof Report.Evaluated evaluated) {
            message.setEvaluated(dev.hansa.wire.proto.Report.Evaluated.newBuilder()
                    .putAllSums(evaluated.sums().values()));
        } else if (report instanceof Report.Personalised personalised) {
            message.setPersonalised(dev.hansa.wire.proto.Report.Personalised.newBuilder()
                    .putAllShared(personalised.shared().values()).putAllPersonal(personalised.personal().values()));
        } else if (report instanceof Report.Refused refused) {
            message.setRefused(Fields.prose(refused.reason()));
        } else if (report instanceof Report.Failed failed) {
            message.setFailed(Fields.prose(failed.reason())).setPostponed(failed.postponed());
        }
        return message.build();
    }

    /**
     * The report. Sums may be infinite or not a number, as those of a model that diverged are.
     *
     * @param blobs opens the difference; called last, once all else is known to be sound, and only for a report that has
     *              one; what it throws comes through
     * @throws MalformedMessageException if the message holds no report that this version knows
     */
    public static Report decode(dev.hansa.wire.proto.Report message, Function<BlobRef, ParameterSource> blobs) {
        return switch (message.getAnswerCase()) {
            case DESCRIBED -> {
                Fields.requireAtMost(2 * (Limits.FEATURES + 1), message.getDescribed().getMomentsCount(),
                        "described.moments");
                yield new Report.Described(statistics(message.getDescribed()),
                        message.getDescribed().getMomentsList());
            }
            case SUMMED -> new Report.Summed(StatisticsCodec.decode(message.getSummed()));
            case FITTED -> fitted(message.getFitted(), blobs);
            case EVALUATED -> new Report.Evaluated(sums("evaluated.sums", message.getEvaluated().getSumsMap()));
            case PERSONALISED -> new Report.Personalised(
                    sums("personalised.shared", message.getPersonalised().getSharedMap()),
                    sums("personalised.personal", message.getPersonalised().getPersonalMap()));
            case REFUSED -> new Report.Refused(Fields.prose(message.getRefused()));
            case FAILED -> new Report.Failed(Fields.prose(message.getFailed()), message.getPostponed());
            case ANSWER_NOT_SET -> throw new MalformedMessageException("report",
                    "answers nothing that this version knows, expected described, summed, fitted, evaluated, personalised, refused or failed");
        };
    }

    private static dev.hansa.wire.proto.Report.Described encode(TableStatistics statistics) {
        var message = dev.hansa.wire.proto.Report.Described.newBuilder().setTrainingRows(statistics.trainingRows())
                .setHeldOutRows(statistics.heldOutRows());
        statistics.columns().forEach((name, column) -> message.putColumns(name,
                dev.hansa.wire.proto.ColumnStatistics.newBuilder().setCount(column.count()).setSum(column.sum())
                        .setSumOfSquares(column.sumOfSquares()).build()));
        return message.build();
    }

    private static TableStatistics statistics(dev.hansa.wire.proto.Report.Described message) {
        Fields.requireAtMost(Limits.FEATURES + 1, message.getColumnsCount(), "described.columns");
        SortedMap<String, ColumnStatistics> columns = new TreeMap<>();
        message.getColumnsMap().forEach((name, column) -> {
            Fields.name("described.columns", name);
            String field = "described.columns[" + name + "]";
            Fields.require(Double.isFinite(column.getSum()), field + ".sum", column.getSum(), "a finite number");
            Fields.require(Double.isFinite(column.getSumOfSquares()) && column.getSumOfSquares() >= 0,
                    field + ".sum_of_squares", column.getSumOfSquares(), "a finite number, at least 0");
            columns.put(name, new ColumnStatistics(Fields.notNegative(field + ".count", column.getCount()),
                    column.getSum(), column.getSumOfSquares()));
        });
        return new TableStatistics(Fields.notNegative("described.training_rows", message.getTrainingRows()),
                Fields.notNegative("described.held_out_rows", message.getHeldOutRows()), columns);
    }

    private static Report fitted(dev.hansa.wire.proto.Report.Fitted message,
            Function<BlobRef, ParameterSource> blobs) {
        double weight = message.getWeight();
        Fields.require(weight > 0 && Double.isFinite(weight), "fitted.weight", weight, "a finite number above 0");
        double share = message.hasShare() ? message.getShare() : 1;
        Fields.require(share > 0 && share <= 1, "fitted.share", share, "a number above 0, at most 1");
        Sums sums = sums("fitted.sums", message.getSumsMap());
        Fields.requirePresent(message.hasDifference(), "fitted.difference");
        BlobRef blob = BlobCodec.decode("fitted.difference", message.getDifference());
        return new Report.Fitted(new ModelUpdate(blobs.apply(blob), weight, sums, share));
    }

    private static Sums sums(String field, Map<String, Double> sums) {
        Fields.requireAtMost(Limits.SUMS, sums.size(), field);
        sums.keySet().forEach(name -> Fields.name(field, name));
        return Sums.of(sums);
    }
}
