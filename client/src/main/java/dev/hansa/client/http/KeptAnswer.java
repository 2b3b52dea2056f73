package dev.hansa.client.http;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hansa.core.FederationException;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.BlobCodec;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.proto.Report;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The answer to one task: the update's blob at the start of a file, and behind it task, report, their length (4 bytes) and
 * their SHA-256. The report tells the blob's own.
 *
 * @param report names the update
 */
record KeptAnswer(String taskId, Report report, Path file) {
    private static final int TAIL_BYTES = Integer.BYTES + Sha256.LENGTH_BYTES;
    private static final int MOST_BYTES = Limits.MESSAGE_BYTES + 3 * Limits.NAME_CHARS + Short.BYTES;

    /** The update, which the file begins with. */
    BlobRef update() {
        return BlobCodec.decode(report.getFitted().getDifference());
    }

    /** Of all of it. */
    Sha256 content256() {
        return content256(report);
    }

    /** Of what a report tells, whichever way it travels; its update is named within it. */
    static Sha256 content256(Report report) {
        try {
            byte[] bytes = new byte[report.getSerializedSize()];
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization();
            report.writeTo(out);
            out.checkNoSpaceLeft();
            return Sha256.of(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("a report is as long as it says", e);
        }
    }

    /** The update's bytes; for a small one. */
    byte[] content() {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) update().sizeBytes()];
            content.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Writes what stands behind the blob. */
    void writeTo(OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        body.writeUTF(taskId);
        report.writeTo(body);
        byte[] content = bytes.toByteArray();
        out.write(content);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        out.write(Sha256.of(content).toBytes());
    }

    /**
     * The answer in the file, if it is one to that task.
     *
     * @throws DamagedException    if it is none, or not what was written
     * @throws FederationException if it cannot be read
     */
    static Optional<KeptAnswer> read(Path file, String taskId) throws DamagedException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = bytes(content, content.length() - TAIL_BYTES, TAIL_BYTES);
            int length = ByteBuffer.wrap(tail).getInt();
            require(length >= 0 && length <= MOST_BYTES, "its end is damaged");
            long blobBytes = content.length() - TAIL_BYTES - length;
            byte[] body = bytes(content, blobBytes, length);
            require(MessageDigest.isEqual(Sha256.of(body).toBytes(),
                    Arrays.copyOfRange(tail, Integer.BYTES, TAIL_BYTES)), "its report is damaged");
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
            if (!in.readUTF().equals(taskId)) {
                return Optional.empty();
            }
            KeptAnswer answer = new KeptAnswer(taskId, Report.parseFrom(in), file);
            require(blobBytes == answer.update().sizeBytes() && digest(content, blobBytes)
                    .equals(answer.update().sha256()), "its update is damaged");
            return Optional.of(answer);
        } catch (InvalidProtocolBufferException | MalformedMessageException e) {
            throw new DamagedException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static FederationException unreadable(Path file, IOException e) {
        return new FederationException("cannot read " + file + ": " + e, true, e);
    }

    private static byte[] bytes(RandomAccessFile content, long from, int length) throws IOException, DamagedException {
        require(from >= 0, "it is too short");
        byte[] bytes = new byte[length];
        content.seek(from);
        content.readFully(bytes);
        return bytes;
    }

    private static Sha256 digest(RandomAccessFile content, long length) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] chunk = new byte[Limits.CHUNK_BYTES];
        content.seek(0);
        for (long left = length; left > 0;) {
            int count = (int) Math.min(chunk.length, left);
            content.readFully(chunk, 0, count);
            digest.update(chunk, 0, count);
            left -= count;
        }
        return Sha256.finish(digest);
    }

    private static void require(boolean good, String problem) throws DamagedException {
        if (!good) {
            throw new DamagedException(problem);
        }
    }

    /** The file is not what was written; whoever made the answer makes it again. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String problem) {
            super(problem);
        }
    }
}
