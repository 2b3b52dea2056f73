package dev.hansa.wire.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hansa.core.FederationException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.wire.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedFileTest {
    private static final long CONSTANT_BYTES = 1 << 20;
    /** The first files make the JVM load classes, which takes memory too. */
    private static final int WARM_UP = 100;

    @TempDir
    private Path folder;

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(folder.resolve("damaged"), bytes.putLong(json.length).put(json).array());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "no object | [] | no JSON of the expected form",
            "broken off | {'a':{'dtype' | no JSON of the expected form",
            "a bare control character | {'a\u0001':T[0,4]}} | no JSON of the expected form",
            "a comment | {/**/} | no JSON of the expected form",
            "two objects | {}{} | no JSON of the expected form",
            "a tensor twice | {'a':T[0,4]},'a':T[0,4]}} | names a twice",
            "metadata twice | {'__metadata__':{},'__metadata__':{}} | names __metadata__ twice",
            "a metadata key twice | {'__metadata__':{'k':'1','k':'2'}} | the metadata name k twice",
            "metadata with a number | {'__metadata__':{'k':1}} | the metadata's k is no text",
            "half floats | {'a':{'dtype':'F16','shape':[1],'data_offsets':[0,2]}} | type F16, expected F32; convert",
            "no shape | {'a':{'dtype':'F32','data_offsets':[0,4]}} | tensor a needs dtype, shape and two data_offsets",
            "one offset | {'a':T[0]}} | tensor a needs dtype, shape and two data_offsets",
            "unknown key | {'a':{'strides':[1]}} | tensor a has an unknown or second key strides",
            "second key | {'a':{'dtype':'F32','dtype':'F32'}} | tensor a has an unknown or second key dtype",
            "a text for a number | {'a':T['0',4]}} | tensor a has a STRING for a dimension or an offset",
            "a fraction | {'a':T[0.0,4]}} | tensor a has 0.0 for a dimension or an offset",
            "a negative offset | {'a':T[-4,0]}} | tensor a has -4 for a dimension or an offset",
            "a giant offset | {'a':T[0,99999999999999999999]}} | has 99999999999999999999 for a dimension",
            "an empty tensor | {'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}} | dimensions [0], expected each",
            "a giant tensor | {'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,4]}} | more than the 21474",
            "a giant dimension | {'a':{'dtype':'F32','shape':[4294967297],'data_offsets':[0,4]}} | at most 2147483647",
            "a wrong size | {'a':T[0,8]}} | tensor a of the shape [1] has the offsets 0 to 8, expected 4 bytes",
            "a hole | {'a':T[0,4]},'b':T[8,12]}} | tensor b begins at 8, expected 4",
            "a hole before all | {'a':T[4,8]}} | tensor a begins at 4, expected 0",
            "an overlap | {'a':T[0,4]},'b':T[0,4]}} | tensor b begins at 0, expected 4",
            "out of the file | {'a':T[0,4]},'b':T[4,8]},'c':T[8,12]},'d':T[12,16]}} | need 16 bytes, but only 12 follow",
            "bytes behind | {'a':T[0,4]}} | tensors need 4 bytes, but 12 follow",
            "a name without characters | {'':T[0,4]}} | a tensor needs a name"})
    void aHeaderIsRefusedForWhatIsWrong(String what, String header, String problem) throws IOException {
        Path file = file(header.replace("T[", "{'dtype':'F32','shape':[1],'data_offsets':[").replace('\'', '"'), 12);

        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith(file + ": ").hasMessageContaining(problem);
    }

    @Test
    void aHeaderOfTooManyPartsIsRefused() throws IOException {
        Path shape = file("{\"a\":{\"shape\":[" + "1,".repeat(Limits.DIMENSIONS) + "1]}}", 0);
        assertThatThrownBy(() -> SafetensorsFile.open(shape)).hasMessageContaining("a has more than 32 dimensions");
        StringBuilder tensors = new StringBuilder();
        for (int i = 0; i <= Limits.TENSORS; i++) {
            tensors.append(i == 0 ? '{' : ',').append('"').append(i)
                    .append("\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}");
        }
        Path many = file(tensors + "}", 4);
        assertThatThrownBy(() -> SafetensorsFile.open(many)).hasMessageContaining("more than 100000 tensors");
    }

    @Test
    void aFileThatIsNoneOfThisKindIsRefused() throws IOException {
        Path file = folder.resolve("damaged");
        Files.write(file, new byte[7]);
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("has 7 bytes, too few");
        Files.write(file, "PK a zip file, not a model".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("expected at most 16777216; is it");
        Files.write(file, new byte[]{100, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("100 bytes, but only 2 follow");
        Files.write(file, new byte[]{4, 0, 0, 0, 0, 0, 0, 0, '{', '"', (byte) 0xc3, '"'});
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("the header is not UTF-8");
    }

    @Test
    void whatCannotBeReadIsNotCalledDamaged() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> SafetensorsFile.open(missing)).isExactlyInstanceOf(FederationException.class)
                .hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> SafetensorsFile.open(folder)).isExactlyInstanceOf(FederationException.class)
                .hasMessage(folder + ": is a folder, expected a file");
    }

    /** Each damage either leaves a readable file or is reported as one; neither takes more memory than the file is long. */
    @Test
    void noDamageCrashesTheReaderOrMakesItGreedy() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(out, Parameters.of(
                Layout.of(TensorShape.of("weight", 2, 3), TensorShape.of("bias", 2)), 1, 2, 3, 4, 5, 6, 7, 8),
                new TreeMap<>(Map.of("format", "pt", "by", "hansa")));
        byte[] whole = out.toByteArray();
        Path file = folder.resolve("damaged");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int readable = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            byte[] damaged = damage(whole, new Random(seed));
            Files.write(file, damaged);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                Parameters.load(SafetensorsFile.open(file));
                readable++;
            } catch (SafetensorsException e) {
                assertThat(e).hasMessageStartingWith(file + ": ");
            }
            long taken = threads.getCurrentThreadAllocatedBytes() - before;
            if (seed >= WARM_UP) {
                assertThat(taken).as("memory for seed %s", seed).isLessThan(damaged.length + CONSTANT_BYTES);
            }
        }
        assertThat(readable).isBetween(300, 2_500);
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
            int where = random.nextInt(damaged.length);
            damaged[where] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) "{}[]\",:0123456789 \\uenF".charAt(random.nextInt(23));
        }
        return damaged;
    }
}
