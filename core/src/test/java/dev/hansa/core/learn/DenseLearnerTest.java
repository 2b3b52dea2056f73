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
import java.util.List;
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

    private static Examples standardised(Schema schema) {
        Table table = RandomTables.of(schema, 50, 3);
        return Preprocessing.standardising(schema, TableStatistics.of(table)).apply(table, table.rows(false));
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
