package dev.hansa.spec;

import dev.hansa.core.simulation.DeviceProfile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that simulated clients run on.
 *
 * @param name of the kind, as it is written
 */
public record Devices(String name, DeviceProfile profile) {
    private static final Map<String, DeviceProfile> KINDS = kinds();

    private static Map<String, DeviceProfile> kinds() {
        Map<String, DeviceProfile> kinds = new LinkedHashMap<>();
        kinds.put("phones", DeviceProfile.PHONES);
        kinds.put("edge", DeviceProfile.EDGE);
        kinds.put("hospitals", DeviceProfile.HOSPITALS);
        kinds.put("dataCentre", DeviceProfile.DATA_CENTRE);
        return Collections.unmodifiableMap(kinds);
    }

    /** The kinds that have a name. */
    public static List<String> kindNames() {
        return List.copyOf(KINDS.keySet());
    }

    /** The kind of that name, if there is one. */
    public static Optional<Devices> of(String kind) {
        return Optional.ofNullable(KINDS.get(kind)).map(profile -> new Devices(kind, profile));
    }
}
