package dev.hansa.wire.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of safetensors made from the format's description alone; it knows just as much JSON as plain headers need. */
final class Reference {
    private static final Pattern TENSOR = Pattern.compile(
            "\"([^\"]+)\":\\{\"dtype\":\"F32\",\"shape\":\\[([0-9,]*)],\"data_offsets\":\\[([0-9]+),([0-9]+)]}");

    private Reference() {}

    /** The values of each tensor, keyed by name and shape. */
    static Map<String, float[]> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) bytes.getLong()];
        bytes.get(header);
        ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, float[]> tensors = new TreeMap<>();
        Matcher tensor = TENSOR.matcher(new String(header, StandardCharsets.UTF_8));
        while (tensor.find()) {
            int begin = Integer.parseInt(tensor.group(3));
            float[] values = new float[(Integer.parseInt(tensor.group(4)) - begin) / 4];
            for (int i = 0; i < values.length; i++) {
                values[i] = data.getFloat(begin + 4 * i);
            }
            tensors.put(tensor.group(1) + "[" + tensor.group(2) + "]", values);
        }
        return tensors;
    }
}
