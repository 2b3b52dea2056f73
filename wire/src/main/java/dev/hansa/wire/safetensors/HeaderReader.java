package dev.hansa.wire.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.TensorShape;
import dev.hansa.wire.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one header and believes nothing: what it returns is a gapless layout of exactly the given length. */
final class HeaderReader {
    private final JsonReader json;
    private final List<Tensor> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final SortedMap<String, String> metadata = new TreeMap<>();

    private HeaderReader(JsonReader json) {
        this.json = json;
    }

    /**
     * The header in the bytes, which may be followed by blanks.
     *
     * @param dataBytes how many bytes of values follow
     * @throws Malformed telling what is wrong
     */
    static Header read(byte[] bytes, long dataBytes) throws Malformed {
        try (JsonReader json = new JsonReader(
                new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder()))) {
            json.setStrictness(Strictness.STRICT);
            HeaderReader reader = new HeaderReader(json);
            reader.readAll();
            return new Header(reader.layout(dataBytes), reader.metadata);
        } catch (CharacterCodingException e) {
            throw new Malformed("the header is not UTF-8", e);
        } catch (IOException | IllegalStateException e) {
            throw new Malformed("the header is no JSON of the expected form: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new Malformed(String.valueOf(e.getMessage()), e);
        }
    }

    private void readAll() throws IOException, Malformed {
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!names.add(name)) {
                throw new Malformed("the header names " + name + " twice");
            }
            if (name.equals(Header.METADATA)) {
                readMetadata();
            } else {
                require(tensors.size() < Limits.TENSORS, "the header names more than " + Limits.TENSORS + " tensors");
                tensors.add(readTensor(name));
            }
        }
        json.endObject();
        require(json.peek() == JsonToken.END_DOCUMENT, "more follows the header's object");
    }

    private void readMetadata() throws IOException, Malformed {
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            require(json.peek() == JsonToken.STRING, "the metadata's " + key + " is no text");
            require(metadata.put(key, json.nextString()) == null, "the metadata name " + key + " twice");
        }
        json.endObject();
    }

    private Tensor readTensor(String name) throws IOException, Malformed {
        String dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (key.equals(Header.DTYPE) && dtype == null) {
                dtype = json.nextString();
            } else if (key.equals(Header.SHAPE) && shape == null) {
                shape = numbers(name);
            } else if (key.equals(Header.DATA_OFFSETS) && offsets == null) {
                offsets = numbers(name);
            } else {
                throw new Malformed("tensor " + name + " has an unknown or second key " + key);
            }
        }
        json.endObject();
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new Malformed("tensor " + name + " needs " + Header.DTYPE + ", " + Header.SHAPE + " and two "
                    + Header.DATA_OFFSETS);
        }
        return tensor(name, dtype, shape, offsets.get(0), offsets.get(1));
    }

    private static Tensor tensor(String name, String dtype, List<Long> shape, long begin, long end) throws Malformed {
        require(dtype.equals(Header.FLOAT_32), "tensor " + name + " holds values of the type " + dtype
                + ", expected F32; convert the file to 32-bit floats");
        List<Integer> dimensions = new ArrayList<>();
        for (long dimension : shape) {
            require(dimension <= Integer.MAX_VALUE, "tensor " + name + " has the shape " + shape
                    + ", expected each dimension to be at most " + Integer.MAX_VALUE);
            dimensions.add((int) dimension);
        }
        Tensor tensor = new Tensor(new TensorShape(name, dimensions), begin, end);
        require(tensor.sizeBytes() == end - begin, "tensor " + name + " of the shape " + shape + " has the offsets "
                + begin + " to " + end + ", expected " + tensor.sizeBytes() + " bytes between them");
        return tensor;
    }

    /** Plain, not negative integers: JsonReader alone would take "1" and 1.0 for them too. */
    private List<Long> numbers(String tensor) throws IOException, Malformed {
        List<Long> numbers = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            require(numbers.size() < Limits.DIMENSIONS,
                    "tensor " + tensor + " has more than " + Limits.DIMENSIONS + " dimensions");
            JsonToken token = json.peek();
            String text = token == JsonToken.NUMBER ? json.nextString() : "a " + token;
            require(text.matches("[0-9]{1,18}"),
                    "tensor " + tensor + " has " + text + " for a dimension or an offset, expected a whole number");
            numbers.add(Long.parseLong(text));
        }
        json.endArray();
        return numbers;
    }

    private Layout layout(long dataBytes) throws Malformed {
        tensors.sort(Comparator.comparingLong(Tensor::begin));
        List<TensorShape> shapes = new ArrayList<>();
        long end = 0;
        for (Tensor tensor : tensors) {
            require(tensor.begin() == end, "tensor " + tensor.shape().name() + " begins at " + tensor.begin()
                    + ", expected " + end + ", where the tensor before it ends");
            end = tensor.end();
            shapes.add(tensor.shape());
        }
        require(end <= dataBytes, "its tensors need " + end + " bytes, but only " + dataBytes
                + " follow the header; was it copied whole?");
        require(end == dataBytes, "its tensors need " + end + " bytes, but " + dataBytes + " follow the header");
        return new Layout(shapes);
    }

    private static void require(boolean good, String problem) throws Malformed {
        if (!good) {
            throw new Malformed(problem);
        }
    }

    private record Tensor(TensorShape shape, long begin, long end) {
        long sizeBytes() {
            return (long) Float.BYTES * shape.size();
        }
    }

    /** What is wrong, not yet knowing in which file. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String problem) {
            super(problem);
        }

        Malformed(String problem, Throwable cause) {
            super(problem, cause);
        }
    }
}
