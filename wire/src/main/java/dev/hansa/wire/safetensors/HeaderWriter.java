package dev.hansa.wire.safetensors;

import com.google.gson.stream.JsonWriter;
import dev.hansa.core.model.TensorShape;
import dev.hansa.wire.Limits;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes headers: metadata first and sorted, then the tensors in their order, padded so that values begin aligned. */
final class HeaderWriter {
    private static final int ALIGNMENT_BYTES = 8;

    private HeaderWriter() {}

    /** The length and the header. */
    static byte[] bytes(Header header) {
        int tensors = header.layout().tensors().size();
        if (tensors > Limits.TENSORS) {
            throw new IllegalArgumentException("there are " + tensors + " tensors, expected at most " + Limits.TENSORS);
        }
        ByteBuffer json = utf8(json(header));
        int padded = (json.remaining() + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
        if (padded > Limits.SAFETENSORS_HEADER_BYTES) {
            throw new IllegalArgumentException("names and metadata make a header of " + padded
                    + " bytes, expected at most " + Limits.SAFETENSORS_HEADER_BYTES);
        }
        byte[] bytes = new byte[Header.LENGTH_BYTES + padded];
        Arrays.fill(bytes, (byte) ' ');
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
        return bytes;
    }

    private static String json(Header header) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            if (!header.metadata().isEmpty()) {
                json.name(Header.METADATA).beginObject();
                for (Map.Entry<String, String> entry : header.metadata().entrySet()) {
                    json.name(entry.getKey()).value(entry.getValue());
                }
                json.endObject();
            }
            long offset = 0;
            for (TensorShape tensor : header.layout().tensors()) {
                long end = offset + (long) Float.BYTES * tensor.size();
                write(json, tensor, offset, end);
                offset = end;
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return text.toString();
    }

    private static void write(JsonWriter json, TensorShape tensor, long begin, long end) throws IOException {
        if (tensor.name().equals(Header.METADATA)) {
            throw new IllegalArgumentException(
                    "a tensor is called " + Header.METADATA + ", which safetensors reserves");
        }
        if (tensor.dimensions().size() > Limits.DIMENSIONS) {
            throw new IllegalArgumentException("tensor " + tensor.name() + " has " + tensor.dimensions().size()
                    + " dimensions, expected at most " + Limits.DIMENSIONS);
        }
        json.name(tensor.name()).beginObject();
        json.name(Header.DTYPE).value(Header.FLOAT_32);
        json.name(Header.SHAPE).beginArray();
        for (int dimension : tensor.dimensions()) {
            json.value(dimension);
        }
        json.endArray();
        json.name(Header.DATA_OFFSETS).beginArray().value(begin).value(end).endArray();
        json.endObject();
    }

    /** Names with half a surrogate pair are refused: written as question marks they could become equal. */
    private static ByteBuffer utf8(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a name or the metadata hold half a character (a lone surrogate)", e);
        }
    }
}
