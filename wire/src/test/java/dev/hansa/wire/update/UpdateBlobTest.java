package dev.hansa.wire.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.compress.Compressor;
import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.SafetensorsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateBlobTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", 30, 20), TensorShape.of("b", 1));
    private static final Parameters UPDATE = random(LAYOUT);
    private static final Compression SPARSE_BYTES = new Compression(Values.INT8, 16, 0.1, false);

    @TempDir
    private Path folder;

    static Stream<Compression> compressions() {
        return Stream.of(Values.values()).flatMap(values -> Stream.of(1.0, 0.1).flatMap(topK -> Stream.of(false, true)
                .map(zstd -> new Compression(values, 16, topK, zstd))));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void whatArrivesIsWhatASimulationCountsToTheBit(Compression compression) throws IOException {
        ParameterSource update = compressed(compression);
        byte[] bytes = bytes(update);
        Path file = Files.write(folder.resolve("update"), bytes);
        assertThat(Parameters.load(UpdateBlob.open(file, compression, LAYOUT))).isEqualTo(Parameters.load(update));
        assertThat(Parameters.load(UpdateBlob.read(ref(bytes), bytes, compression, LAYOUT)))
                .isEqualTo(Parameters.load(update));
        assertThat(UpdateBlob.small(update)).contains(bytes);
        assertThat(bytes.length).isLessThanOrEqualTo(
                (int) (compression.isNone() ? bytes.length : UpdateBlob.largest(compression, LAYOUT)));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void aPartIsThatPartOfTheWhole(Compression compression) throws IOException {
        Layout large = Layout.of(TensorShape.of("w", 40_000));
        Compression half = compression.isNone() ? compression
                : new Compression(compression.values(), 16, compression.topK() < 1 ? 0.5 : 1, compression.zstd());
        ParameterSource update = Compressor.compress(random(large), half, new Seed(5));
        Path file = Files.write(folder.resolve("update"), bytes(update));
        ParameterSource read = UpdateBlob.open(file, half, large);
        Parameters whole = Parameters.load(read);
        for (ParameterSource source : List.of(read, read.opened(), update)) {
            for (int begin : new int[]{0, 1, 16_383, 16_385, 36_000}) {
                int end = begin + 3_999;
                float[] part = new float[large.size()];
                source.read(begin, end, (offset, values, from, length) -> System.arraycopy(values, from, part, offset,
                        length));
                assertThat(Arrays.copyOfRange(part, begin, end))
                        .isEqualTo(Arrays.copyOfRange(whole.toArray(), begin, end));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void eachLengthButTheRightOneIsRefusedInClearWords(Compression compression) throws IOException {
        if (compression.isNone()) {
            return; // DamagedFileTest
        }
        byte[] bytes = bytes(compressed(compression));
        for (int length = 1; length < bytes.length + 3; length++) {
            if (length != bytes.length) {
                assertRefused(compression, Arrays.copyOf(bytes, length), "");
            }
        }
    }

    @Test
    void aWrongLengthIsNamed() throws IOException {
        byte[] bytes = bytes(compressed(SPARSE_BYTES));
        assertRefused(SPARSE_BYTES, Arrays.copyOf(bytes, bytes.length - 1), "it has " + (bytes.length - 1)
                + " bytes, expected " + bytes.length + " for 601 values under this compression");
    }

    @Test
    void eachBitThatFlipsInTheHeaderIsRefused() throws IOException {
        byte[] bytes = bytes(compressed(SPARSE_BYTES));
        int header = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        for (int bit = 0; bit < 8 * header; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(SPARSE_BYTES, damaged, "its header is not {\"gaps\":{\"dtype\":\"I32\",\"shape\":[61],");
        }
    }

    @Test
    void anUpdateForAnotherModelOrUnderAnotherCompressionIsRefused() throws IOException {
        Layout other = Layout.of(TensorShape.of("w", 30, 20));
        byte[] bytes = bytes(compressed(SPARSE_BYTES));
        assertThatThrownBy(() -> load(SPARSE_BYTES, other, bytes)).isInstanceOf(DamagedParametersException.class);
        assertRefused(new Compression(Values.FLOAT16, 16, 0.1, false), bytes, "bytes, expected");
    }

    @Test
    void aScaleThatIsNoNumberIsNamed() throws IOException {
        for (float bad : new float[]{Float.NaN, Float.POSITIVE_INFINITY, -1}) {
            byte[] bytes = bytes(compressed(SPARSE_BYTES));
            int scales = bytes.length - 61 - 4 * 4;
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(scales + 4, bad);
            assertRefused(SPARSE_BYTES, bytes, "its scale 1 is " + bad + ", expected a finite number of 0 or more");
        }
    }

    /** Of which a part is read without the rest. */
    @Test
    void ofADenseUpdateHeaderAndScalesAreCheckedInEachPart() throws IOException {
        Compression dense = new Compression(Values.INT8, 16, 1, false);
        byte[] bytes = bytes(compressed(dense));
        int scales = bytes.length - 601 - 4 * 38;
        for (int bit = 0; bit < 8 * scales; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(dense, damaged, "its header is not {\"scales\":");
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(scales + 4 * 20, Float.NaN);
        assertRefused(dense, bytes, "its scale 20 is NaN, expected a finite number of 0 or more");
        ParameterSource read = UpdateBlob.read(ref(bytes), bytes, dense, LAYOUT);
        read.read(0, 320, (offset, values, from, length) -> assertThat(offset + length).isEqualTo(320));
        assertThatThrownBy(() -> read.read(330, 331, (offset, values, from, length) -> {}))
                .isInstanceOf(DamagedParametersException.class).hasMessageContaining("its scale 20 is NaN");
    }

    @Test
    void aFileThatBecomesShorterIsDamaged() throws IOException {
        Compression dense = new Compression(Values.FLOAT16, 16, 1, false);
        byte[] bytes = bytes(compressed(dense));
        Path file = Files.write(folder.resolve("update"), bytes);
        ParameterSource read = UpdateBlob.open(file, dense, LAYOUT).opened();
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 2));
        assertThatThrownBy(() -> Parameters.load(read)).isInstanceOf(DamagedParametersException.class)
                .hasMessageContaining("bytes, expected " + bytes.length);
    }

    @Test
    void aPlaceOutsideTheModelIsNamed() throws IOException {
        for (int bad : new int[]{601, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            byte[] bytes = bytes(compressed(SPARSE_BYTES));
            int gaps = bytes.length - 61 - 4 * 4 - 4 * 61;
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(gaps, bad);
            assertRefused(SPARSE_BYTES, bytes, "a value lies at " + (long) bad + ", expected 0 to 600 in rising order");
        }
    }

    @Test
    void aBombIsRefusedBeforeItIsDecompressed() throws IOException {
        Compression squeezed = new Compression(Values.INT8, 16, 1, true);
        byte[] bomb = com.github.luben.zstd.Zstd.compress(new byte[1 << 28]);
        assertThat(bomb.length).isLessThan(100_000);
        Path file = Files.write(folder.resolve("bomb"), bomb);
        assertThatThrownBy(() -> Parameters.load(UpdateBlob.open(file, squeezed, LAYOUT)))
                .isInstanceOf(DamagedParametersException.class).hasMessageContaining("expected at most");
        byte[] small = com.github.luben.zstd.Zstd.compress(new byte[1 << 22]);
        assertThat((long) small.length).isLessThan(UpdateBlob.largest(squeezed, LAYOUT));
        assertRefused(squeezed, small, "but declares 4194304");
    }

    /** The second frame is what the first one does not declare. */
    @Test
    void aBombBehindAnHonestFrameIsRefusedToo() throws IOException {
        Compression squeezed = new Compression(Values.INT8, 16, 1, true);
        byte[] honest = bytes(compressed(squeezed));
        byte[] more = com.github.luben.zstd.Zstd.compress(new byte[1 << 20]);
        byte[] both = Arrays.copyOf(honest, honest.length + more.length);
        System.arraycopy(more, 0, both, honest.length, more.length);
        assertRefused(squeezed, both, "its zstd is damaged");
    }

    @Test
    void squeezedBytesThatAreDamagedBreakNothing() throws IOException {
        Compression squeezed = new Compression(Values.FLOAT32, 16, 0.1, true);
        byte[] bytes = bytes(compressed(squeezed));
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(load(squeezed, LAYOUT, damaged).size()).isEqualTo(LAYOUT.size());
            } catch (DamagedParametersException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void bytesThatAreNotTheAnnouncedOnesAreRefused() throws IOException {
        byte[] bytes = bytes(compressed(SPARSE_BYTES));
        BlobRef announced = ref(bytes);
        bytes[bytes.length - 1] ^= 1;
        assertThatThrownBy(() -> UpdateBlob.read(announced, bytes, SPARSE_BYTES, LAYOUT))
                .isInstanceOf(SafetensorsException.class).hasMessageContaining("not the announced");
    }

    @Test
    void theFormIsSafetensors() throws IOException {
        byte[] bytes = bytes(compressed(SPARSE_BYTES));
        String text = new String(bytes, 8, bytes.length - 8, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("{\"gaps\":{\"dtype\":\"I32\",\"shape\":[61],\"data_offsets\":[0,244]},"
                + "\"scales\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[244,260]},"
                + "\"values\":{\"dtype\":\"I8\",\"shape\":[61],\"data_offsets\":[260,321]}}");
    }

    @Test
    void aLargeUpdateIsNotSmall() {
        Layout large = Layout.of(TensorShape.of("w", 40_000));
        Parameters zeros = Parameters.zeros(large);
        assertThat(UpdateBlob.small(Compressor.compress(zeros, Compression.of(Values.FLOAT16), new Seed(1)))).isEmpty();
        assertThat(UpdateBlob.small(Compressor.compress(zeros, Compression.of(Values.INT8), new Seed(1)))).isPresent();
        assertThat(UpdateBlob.small(Compressor.compress(zeros, new Compression(Values.FLOAT16, 1, 1, true),
                new Seed(1)))).isPresent();
        Parameters huge = Parameters.zeros(Layout.of(TensorShape.of("w", 1 << 20)));
        assertThat(UpdateBlob.small(Compressor.compress(huge, new Compression(Values.FLOAT16, 1, 1, true),
                new Seed(1)))).as("nobody squeezes that only to see").isEmpty();
    }

    private static void assertRefused(Compression compression, byte[] bytes, String problem) {
        assertThatThrownBy(() -> load(compression, LAYOUT, bytes)).isInstanceOf(DamagedParametersException.class)
                .hasMessageContaining(problem);
    }

    private static Parameters load(Compression compression, Layout layout, byte[] bytes) {
        return Parameters.load(UpdateBlob.read(ref(bytes), bytes, compression, layout));
    }

    private static BlobRef ref(byte[] bytes) {
        return new BlobRef(Sha256.of(bytes), Math.max(1, bytes.length));
    }

    private static ParameterSource compressed(Compression compression) {
        return compression.isNone() ? UPDATE : Compressor.compress(UPDATE, compression, new Seed(1));
    }

    private static byte[] bytes(ParameterSource update) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        UpdateBlob.write(out, update);
        return out.toByteArray();
    }

    private static Parameters random(Layout layout) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[layout.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return Parameters.owning(layout, values);
    }
}
