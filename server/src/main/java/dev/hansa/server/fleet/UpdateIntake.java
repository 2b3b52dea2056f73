package dev.hansa.server.fleet;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Sha256;
import java.io.IOException;

/** How a piece of an update comes in, whatever brings it: at its offset, bit by bit, and not too late. */
public final class UpdateIntake {
    private static final int PIECE_BYTES = 1 << 16;

    private final TaskBoard board;

    public UpdateIntake(TaskBoard board) {
        this.board = board;
    }

    /**
     * Takes what comes until there is no more of it.
     *
     * @return how much of the update is there now
     * @throws RejectedException if the task takes no such update, or not there; if it is closed, {@linkplain TaskBoard#late
     *                           this is noted}
     * @throws IOException       if the source fails: what came before is kept
     */
    public long take(OpenTask task, Sha256 name, long size, long offset, Source source) throws IOException {
        try {
            Upload upload = task.upload(name, size);
            upload.requireOffset(offset);
            long at = offset;
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = source.read(piece); read >= 0; read = source.read(piece)) {
                upload.append(at, piece, read);
                task.received(read);
                at += read;
                board.requireTime();
            }
            upload.finishIfWhole();
            return upload.have();
        } catch (RejectedException e) {
            throw e.code() == ErrorCode.CLOSED ? board.late(task) : e;
        }
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Source {

        /**
         * Reads what comes next.
         *
         * @return how many bytes, or -1 at the end
         */
        int read(byte[] piece) throws IOException;
    }
}
