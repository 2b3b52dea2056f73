package dev.hansa.server.fleet;

import dev.hansa.core.model.Parameters;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.BlobFolder;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run's models that nodes may fetch: the newest, for what is evaluated is what the next round trains, and
 * those that open errands are about. For one thread.
 */
final class KeptModels {
    private final BlobFolder folder;
    private final Supplier<Set<Sha256>> open;
    private @Nullable Kept last;
    /** The models whose files there are. */
    private final Set<Sha256> written = new HashSet<>();

    /** @param open tells which models are still asked about, in a set of its own */
    KeptModels(BlobFolder folder, Supplier<Set<Sha256>> open) {
        this.folder = folder;
        this.open = open;
    }

    /** The model's file, written unless it is the last one; files that nobody wants any more are deleted. */
    OpenTask.Model file(Parameters parameters) {
        Kept kept = last;
        if (kept == null || !kept.parameters.equals(parameters)) {
            kept = new Kept(parameters, folder.writeForNow(parameters));
            last = kept;
            written.add(kept.blob.sha256());
        }
        deleteOld(kept.blob.sha256());
        return new OpenTask.Model(kept.blob, folder.path(kept.blob.sha256()));
    }

    private void deleteOld(Sha256 newest) {
        if (written.size() > 1) {
            Set<Sha256> wanted = open.get();
            wanted.add(newest);
            written.removeIf(model -> {
                boolean old = !wanted.contains(model);
                if (old) {
                    folder.delete(model);
                }
                return old;
            });
        }
    }

    private record Kept(Parameters parameters, BlobRef blob) {}
}
