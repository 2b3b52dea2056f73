package dev.hansa.core.client;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.question.Standardising;
import dev.hansa.core.statistics.BoundedMoments;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a client tells of its columns before the first round. Where it adds the noise itself it keeps its answer before it is
 * told, and tells the same when it is asked the same again: of two answers with different noise the mean has less.
 */
final class ToldMoments {
    /** So many numbers of single precision hold any whole number below 2⁶² exactly. */
    private static final int PARTS = 3;

    private final String run;
    private final DataSpec data;
    private final ClientMemory memory;

    /** @param data what the run asks for: of other data, or with other rows held out, other numbers are told */
    ToldMoments(String run, DataSpec data, ClientMemory memory) {
        this.run = run;
        this.data = data;
        this.memory = memory;
    }

    List<Long> of(Standardising asked, Table table, RandomBytes random) {
        if (!asked.own()) {
            return list(BoundedMoments.of(asked, table, random));
        }
        Layout layout = Layout.of(new TensorShape("moments", List.of(asked.numbers(), PARTS)));
        String what = "moments-" + digest(asked);
        Optional<Parameters> told = memory.told(run, what).filter(kept -> kept.layout().equals(layout));
        if (told.isPresent()) {
            return list(read(told.get()));
        }
        long[] numbers = BoundedMoments.of(asked, table, random);
        memory.keepTold(run, what, write(layout, numbers));
        return list(numbers);
    }

    private static List<Long> list(long[] numbers) {
        return Arrays.stream(numbers).boxed().collect(Collectors.toList());
    }

    private static Parameters write(Layout layout, long[] numbers) {
        float[] values = new float[PARTS * numbers.length];
        for (int i = 0; i < values.length; i++) {
            long rest = numbers[i / PARTS];
            for (int part = 0; part < i % PARTS; part++) {
                rest -= (long) (float) rest;
            }
            values[i] = (float) rest;
        }
        return Parameters.owning(layout, values);
    }

    private static long[] read(Parameters kept) {
        long[] numbers = new long[kept.size() / PARTS];
        for (int i = 0; i < kept.size(); i++) {
            numbers[i / PARTS] += (long) kept.get(i);
        }
        return numbers;
    }

    /** The same for the same question about the same data alone. */
    private String digest(Standardising asked) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((data + "\n" + asked).getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder();
            for (byte one : hash) {
                hex.append(String.format("%02x", one));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }
}
