package dev.hansa.wire.message;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.Schema;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.wire.proto.Report.Summed;
import dev.hansa.wire.proto.Task.Statistics;
import java.util.ArrayList;
import java.util.List;

/** Questions about columns, and the numbers that answer them. */
final class StatisticsCodec {
    private StatisticsCodec() {}

    static Statistics encode(Question question) {
        Statistics.Builder message = Statistics.newBuilder();
        for (Asked asked : question.columns()) {
            Statistics.Asked.Builder column = message.addColumnsBuilder();
            if (asked instanceof Asked.Numbers numbers) {
                column.setNumbers(Statistics.Numbers.newBuilder().setLow(numbers.low()).setHigh(numbers.high())
                        .setMoments(numbers.moments()).setCells(numbers.cells()));
            }
        }
        Noise noise = question.noise();
        if (noise.by() != By.NOBODY) {
            message.setNoise(Statistics.Noise.newBuilder().setOwn(noise.by() == By.CLIENTS)
                    .setMultiplier(noise.multiplier()).setRowsPerNode(noise.rowsPerClient()));
        }
        return message.build();
    }

    /** @param schema of the columns */
    static Question decode(Statistics message, Schema schema) {
        List<Column> columns = schema.columns();
        Fields.require(message.getColumnsCount() == columns.size(), "statistics.columns",
                message.getColumnsCount() + " entries", columns.size() + ", one for each column of data");
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Statistics.Asked column = message.getColumns(i);
            String field = "statistics.columns[" + i + "]";
            asked.add(column.hasNumbers() ? numbers(field, column.getNumbers()) : categories(field, columns.get(i)));
        }
        Noise noise = message.hasNoise() ? noise(message.getNoise()) : Noise.NONE;
        return Fields.checked("statistics", () -> {
            Question question = new Question(asked, noise);
            question.check(schema);
            return question;
        });
    }

    private static Asked numbers(String field, Statistics.Numbers message) {
        return Fields.checked(field, () -> new Asked.Numbers(message.getLow(), message.getHigh(),
                Fields.notNegative(field + ".moments", message.getMoments()),
                Fields.notNegative(field + ".cells", message.getCells())));
    }

    private static Asked categories(String field, Column column) {
        if (!(column instanceof Column.Category category)) {
            throw new MalformedMessageException(field,
                    "asks nothing of the column " + column.name() + ", which has no categories");
        }
        return Fields.checked(field, () -> new Asked.Categories(category.categories().size()));
    }

    private static Noise noise(Statistics.Noise message) {
        return Fields.checked("statistics.noise", () -> new Noise(message.getOwn() ? By.CLIENTS : By.COORDINATOR,
                Fields.size("statistics.noise.multiplier", message.getMultiplier()),
                Fields.notNegative("statistics.noise.rows_per_node", message.getRowsPerNode())));
    }

    static Summed encode(long[] numbers) {
        Summed.Builder message = Summed.newBuilder();
        for (long number : numbers) {
            message.addNumbers(number);
        }
        return message.build();
    }

    static long[] decode(Summed message) {
        Fields.requireAtMost(Question.MOST_NUMBERS, message.getNumbersCount(), "summed.numbers");
        return message.getNumbersList().stream().mapToLong(Long::longValue).toArray();
    }
}
