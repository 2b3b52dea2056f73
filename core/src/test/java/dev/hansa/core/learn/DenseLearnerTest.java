package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.data.Examples;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each kind of model under the contract, on rows of {@link RandomTables}. */
class DenseLearnerTest {

    @Nested
    class Linear extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Linear(), RandomTables.REGRESSION);
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.REGRESSION);
        }
    }

    @Nested
    class Softmax extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Softmax(), RandomTables.CLASSES);
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.CLASSES);
        }
    }

    @Nested
    class MlpRegression extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Mlp(List.of(8)), RandomTables.REGRESSION);
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.REGRESSION);
        }
    }

    @Nested
    class DeepMlpClassification extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Mlp(List.of(8, 5)), RandomTables.CLASSES);
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.CLASSES);
        }
    }

    @Nested
    class NormalizedMlpRegression extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Mlp(List.of(8), Normalization.BATCH), RandomTables.REGRESSION);
        }

        @Override
        protected boolean rowsAreAlone() {
            return false;
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.REGRESSION);
        }
    }

    @Nested
    class NormalizedDeepMlpClassification extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Mlp(List.of(8, 5), Normalization.BATCH), RandomTables.CLASSES);
        }

        @Override
        protected boolean rowsAreAlone() {
            return false;
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.CLASSES);
        }
    }

    private static Examples standardised(Schema schema) {
        Table table = RandomTables.of(schema, 50, 3);
        return Preprocessing.standardising(schema, TableStatistics.of(table)).apply(table, table.rows(false));
    }

    @Test
    void aNormalizedNetHasFourTensorsMoreALayerAndOtherwiseBeginsAsWithoutThem() {
        Learner plain = Learners.of(new ModelSpec.Mlp(List.of(8, 5)), RandomTables.CLASSES);
        Learner normalized = Learners.of(new ModelSpec.Mlp(List.of(8, 5), Normalization.BATCH), RandomTables.CLASSES);
        Set<String> names = plain.layout().tensors().stream().map(TensorShape::name).collect(Collectors.toSet());

        assertThat(normalized.layout().tensors()).extracting(TensorShape::name).containsExactly("layer1.weight",
                "layer1.bias", "norm1.weight", "norm1.bias", "norm1.running_mean", "norm1.running_var", "layer2.weight",
                "layer2.bias", "norm2.weight", "norm2.bias", "norm2.running_mean", "norm2.running_var", "layer3.weight",
                "layer3.bias");
        assertThat(normalized.initial(new Seed(3)).select(names)).isEqualTo(plain.initial(new Seed(3)));
        assertThat(normalized.initial(new Seed(3)).select(Set.of("norm2.weight", "norm2.bias", "norm2.running_mean",
                "norm2.running_var")).toArray())
                .containsExactly(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    }

    @Test
    void aStepOfOneRowHasNoVariance() {
        Learner learner = Learners.of(new ModelSpec.Mlp(List.of(8), Normalization.BATCH), RandomTables.CLASSES);
        Examples examples = standardised(RandomTables.CLASSES);
        LocalTraining single = new LocalTraining(1, 1, 0.1, 0, 0, false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner.fit(learner.initial(new Seed(1)), examples, single, new Seed(1)))
                .withMessageContaining("a step sees 1 row (batchSize 1, 50 rows), expected at least 2");
    }

    @Test
    void modelAndLabelMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learners.of(new ModelSpec.Linear(), RandomTables.CLASSES))
                .withMessageContaining("sold is a category; use softmax or mlp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learners.of(new ModelSpec.Softmax(), RandomTables.REGRESSION))
                .withMessageContaining("price is a number; use linear or mlp");
        assertThat(Learners.of(new ModelSpec.Mlp(List.of(8, 5)), RandomTables.CLASSES).layout().tensors().toString())
                .isEqualTo("[TensorShape[name=layer1.weight, dimensions=[8, 5]], "
                        + "TensorShape[name=layer1.bias, dimensions=[8]], "
                        + "TensorShape[name=layer2.weight, dimensions=[5, 8]], "
                        + "TensorShape[name=layer2.bias, dimensions=[5]], "
                        + "TensorShape[name=layer3.weight, dimensions=[2, 5]], "
                        + "TensorShape[name=layer3.bias, dimensions=[2]]]");
    }
}
