package dev.hansa.core.learn;

import dev.hansa.core.data.Schema;
import dev.hansa.core.model.ModelSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Learners that are kept with their buffers, so that who trains again, or many clients of one process, share them. Safe for
 * several threads.
 */
public final class LearnerPool {
    /** Of so many models; then it begins anew. */
    private static final int MOST = 8;

    private final Map<Of, Learner> kept = new ConcurrentHashMap<>();
    private volatile @Nullable Last last;

    /**
     * The learner, as {@link Learners#of} finds it.
     *
     * @throws IllegalArgumentException if model and label do not fit each other
     */
    @SuppressWarnings("ReferenceEquality") // comparing hundreds of columns takes longer than a small training
    public Learner of(ModelSpec model, Schema schema) {
        Last before = last;
        if (before != null && before.of.model == model && before.of.schema == schema) {
            return before.learner;
        }
        if (kept.size() >= MOST) {
            kept.clear();
        }
        Of of = new Of(model, schema);
        Learner learner = kept.computeIfAbsent(of, key -> Learners.of(model, schema));
        last = new Last(of, learner);
        return learner;
    }

    private record Of(ModelSpec model, Schema schema) {}

    private record Last(Of of, Learner learner) {}
}
