package dev.hansa.spec;

import dev.hansa.core.simulation.DeviceProfile;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import dev.hansa.spec.document.Value;
import java.util.List;
import java.util.Optional;

/** A share for each hour of the day, or one for all. */
final class Hours implements Type<List<Double>> {
    private static final Type<Double> SHARE =
            Scalars.number("a number from 0 to 1", share -> share >= 0 && share <= 1);
    private static final Items<Double> EACH = new Items<>(SHARE, DeviceProfile.HOURS, DeviceProfile.HOURS, false);

    @Override
    public String expected() {
        return "a number above 0, at most 1, or a list of 24 numbers from 0 to 1, one for each hour from midnight on";
    }

    @Override
    public Optional<List<Double>> read(Value value) {
        if (value.isList()) {
            return EACH.read(value).filter(hours -> hours.size() == DeviceProfile.HOURS)
                    .flatMap(hours -> hours.stream().anyMatch(share -> share > 0)
                            ? Optional.of(hours)
                            : value.unexpected(expected() + ", and somebody there in one of them"));
        }
        Optional<Double> share = value.text().isPresent() ? SHARE.read(value) : value.unexpected(expected());
        return share
                .flatMap(all -> all > 0 ? Optional.of(DeviceProfile.atAllHours(all)) : value.unexpected(expected()));
    }
}
