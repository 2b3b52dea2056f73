package dev.hansa.wire.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.wire.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    private static final SortedMap<String, String> NO_METADATA = Collections.emptySortedMap();

    @TempDir
    private Path folder;

    private static byte[] bytes(ParameterSource source, SortedMap<String, String> metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(out, source, metadata);
        return out.toByteArray();
    }

    private Path write(ParameterSource source, SortedMap<String, String> metadata) throws IOException {
        return Files.write(folder.resolve("model.safetensors"), bytes(source, metadata));
    }

    @Test
    void aPartIsReadAlone() throws IOException {
        Layout layout = Layout.of(TensorShape.of("weight", 40_000), TensorShape.of("bias", 3));
        float[] values = new float[layout.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = write(Parameters.of(layout, values), NO_METADATA);
        List<Float> read = new ArrayList<>();

        SafetensorsFile.open(file).read(9_999, 40_001, (offset, block, from, length) -> {
            assertThat(offset).isEqualTo(9_999 + read.size());
            for (int i = 0; i < length; i++) {
                read.add(block[from + i]);
            }
        });

        assertThat(read).hasSize(30_002).startsWith(9_999f).endsWith(40_000f);
    }

    @Test
    void bytesAreThoseOfTheFormat() throws IOException {
        Parameters parameters = Parameters.of(Layout.of(TensorShape.of("w", 1, 2), TensorShape.of("bias")), 1, -2,
                Float.NaN);

        byte[] bytes = bytes(parameters, new TreeMap<>(Map.of("z", "ü", "a", "\"<\n")));

        String header = "{\"__metadata__\":{\"a\":\"\\\"<\\n\",\"z\":\"ü\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                + "\"bias\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
        int length = header.getBytes(StandardCharsets.UTF_8).length;
        assertThat(length).isEqualTo(150);
        String expected = "9800000000000000" + HexFormat.of().formatHex(
                (header + "  ").getBytes(StandardCharsets.UTF_8)) + "0000803f" + "000000c0" + "0000c07f";
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
    }

    @Test
    void anIndependentReaderFindsTheSameValues() throws IOException {
        Parameters parameters = Parameters.of(
                Layout.of(TensorShape.of("layer.0.weight", 2, 3), TensorShape.of("layer.0.bias", 2)), 1, 2, 3, 4, 5, 6,
                0.1f, Float.MIN_VALUE);

        Map<String, float[]> read = Reference.read(write(parameters, new TreeMap<>(Map.of("format", "pt"))));

        assertThat(read).containsOnlyKeys("layer.0.weight[2,3]", "layer.0.bias[2]");
        assertThat(read.get("layer.0.weight[2,3]")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.get("layer.0.bias[2]")).containsExactly(0.1f, Float.MIN_VALUE);
    }

    @Test
    void whateverIsWrittenIsReadAgain() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<TensorShape> tensors = new ArrayList<>();
            for (int t = random.nextInt(6); t > 0; t--) {
                int[] dimensions = random.ints(random.nextInt(4), 1, 9).toArray();
                tensors.add(TensorShape.of("t" + t + text(random), dimensions));
            }
            Layout layout = new Layout(tensors);
            float[] values = new float[layout.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(random.nextInt());
            }
            Parameters parameters = Parameters.owning(layout, values);
            SortedMap<String, String> metadata = new TreeMap<>();
            for (int m = random.nextInt(4); m > 0; m--) {
                metadata.put(text(random), text(random));
            }

            SafetensorsFile file = SafetensorsFile.open(write(parameters, metadata));

            assertThat(file.metadata()).isEqualTo(metadata);
            assertThat(Parameters.load(file)).isEqualTo(parameters);
            assertThat(bytes(file, metadata)).isEqualTo(bytes(parameters, metadata));
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 0x11000).filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    @Test
    void aModelOfManyChunksIsReadInBlocksThatFollowEachOther() throws IOException {
        float[] values = new float[3 * Limits.CHUNK_BYTES / 4 + 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Parameters parameters = Parameters.owning(Layout.of(TensorShape.of("w", values.length)), values);
        SafetensorsFile file = SafetensorsFile.open(write(parameters, NO_METADATA));

        List<Integer> offsets = new ArrayList<>();
        file.read((offset, block, from, length) -> offsets.add(offset));

        assertThat(offsets).containsExactly(0, 16384, 32768, 49152);
        assertThat(Parameters.load(file)).isEqualTo(parameters);
    }

    @Test
    void aFileThatBecomesShorterIsNoticed() throws IOException {
        Path path = write(Parameters.zeros(Layout.of(TensorShape.of("w", 100))), NO_METADATA);
        SafetensorsFile file = SafetensorsFile.open(path);
        Files.write(path, List.of("short"));

        assertThatThrownBy(() -> Parameters.load(file)).isInstanceOf(SafetensorsException.class)
                .hasMessage(path + ": has become shorter while it was read");
    }

    @Test
    void anInterruptDoesNotLookLikeABrokenFile() throws IOException {
        Parameters parameters = Parameters.zeros(Layout.of(TensorShape.of("w", 100)));
        Path path = write(parameters, NO_METADATA);

        Thread.currentThread().interrupt();
        Parameters read = Parameters.load(SafetensorsFile.open(path));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read).isEqualTo(parameters);
    }

    @Test
    void aFileThatVanishesIsNotCalledDamaged() throws IOException {
        Path path = write(Parameters.zeros(Layout.of(TensorShape.of("w", 100))), NO_METADATA);
        SafetensorsFile file = SafetensorsFile.open(path);
        Files.delete(path);

        assertThatThrownBy(() -> Parameters.load(file)).isExactlyInstanceOf(FederationException.class)
                .hasMessage(path + ": no such file");
    }

    @Test
    void namesThatTheFormatCannotCarryAreRefused() {
        Layout reserved = Layout.of(TensorShape.of("__metadata__", 1));
        assertThatThrownBy(() -> bytes(Parameters.zeros(reserved), NO_METADATA))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("which safetensors reserves");
        Layout half = Layout.of(TensorShape.of("\ud800", 1));
        assertThatThrownBy(() -> bytes(Parameters.zeros(half), NO_METADATA))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("lone surrogate");
        SortedMap<String, String> huge = new TreeMap<>(Map.of("k", "x".repeat(Limits.SAFETENSORS_HEADER_BYTES)));
        assertThatThrownBy(() -> bytes(Parameters.zeros(Layout.of()), huge))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected at most 16777216");
        Layout many =
                new Layout(IntStream.rangeClosed(0, Limits.TENSORS).mapToObj(i -> TensorShape.of("t" + i)).toList());
        assertThatThrownBy(() -> bytes(Parameters.zeros(many), NO_METADATA)).hasMessageContaining("are 100001 tensors");
        Layout deep = Layout.of(new TensorShape("w", Collections.nCopies(Limits.DIMENSIONS + 1, 1)));
        assertThatThrownBy(() -> bytes(Parameters.zeros(deep), NO_METADATA)).hasMessageContaining("has 33 dimensions");
    }

    @Test
    void aSourceThatGivesTooLittleIsRefused() {
        Layout layout = Layout.of(TensorShape.of("w", 3));
        assertThatThrownBy(() -> bytes(source(layout, 0, 2), NO_METADATA)).hasMessageContaining("gave 2 values");
        assertThatThrownBy(() -> bytes(source(layout, 1, 2), NO_METADATA)).hasMessageContaining("expected those at 0");
    }

    private static ParameterSource source(Layout layout, int offset, int length) {
        return new ParameterSource() {
            @Override
            public Layout layout() {
                return layout;
            }

            @Override
            public void read(BlockReader reader) {
                reader.accept(offset, new float[length], 0, length);
            }
        };
    }

    @Test
    void aFullDiskIsReportedAsSuch() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("bytes are written in blocks");
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (length == 12) {
                    throw new IOException("No space left on device");
                }
            }
        };
        assertThatThrownBy(() -> SafetensorsWriter.write(full,
                Parameters.zeros(Layout.of(TensorShape.of("w", 3))), NO_METADATA)).isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }
}
