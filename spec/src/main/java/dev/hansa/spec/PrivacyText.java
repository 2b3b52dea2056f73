package dev.hansa.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run file promises in full: every key, and the noise that follows from the budget. Read again, it is the same. */
public final class PrivacyText {
    private static final String PRIVACY = "privacy";

    private PrivacyText() {}

    /** The section {@code privacy} of a run file. */
    public static String of(RunFile file) {
        Map<String, String> settings = file.settings();
        String type = settings.getOrDefault(PRIVACY, "none");
        if (!file.spec().privacy().isPresent()) {
            return PRIVACY + ": " + type + "\n";
        }
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        settings.forEach((path, value) -> {
            String[] parts = path.split("\\.");
            if (parts.length > 1 && parts[0].equals(PRIVACY)) {
                keys.computeIfAbsent(parts[1], key -> new LinkedHashMap<>())
                        .put(parts.length > 2 ? parts[2] : "type", value);
            }
        });
        keys.put("noise", Map.of("type", String.valueOf(file.spec().privacy().get().noise())));
        StringBuilder text = new StringBuilder(PRIVACY + ":\n  type: " + type + "\n");
        keys.forEach((key, values) -> text.append("  ").append(key).append(": ").append(values.size() == 1
                ? values.values().iterator().next()
                : values.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining(", ", "{", "}")))
                .append('\n'));
        return text.toString();
    }
}
