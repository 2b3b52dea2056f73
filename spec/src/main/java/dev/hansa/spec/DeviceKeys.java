package dev.hansa.spec;

import dev.hansa.core.simulation.DeviceProfile;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code simulation.devices}: what simulated clients run on. */
final class DeviceKeys {
    private static final String NONE = "none";
    private static final String CUSTOM = "custom";
    private static final DeviceProfile PHONES = DeviceProfile.PHONES;
    private static final Type<Double> SPREAD = Scalars.number("a number of 1 or more", factor -> factor >= 1);

    static final Key<Double> SPEED = Key.optional("examplesPerSecond", ScheduleKeys.POSITIVE, text(PHONES.speed()),
            "On how many rows a second the median device trains, with the model of this run.");
    static final Key<Double> SPEED_SPREAD = Key.optional("speedSpread", SPREAD, text(PHONES.speedSpread()),
            "Two in three devices are slower or faster than the median by no more than this factor.");
    static final Key<Double> DOWNLOAD = Key.optional("downloadBytesPerSecond", ScheduleKeys.POSITIVE,
            text(PHONES.downloadBytes()), "How fast the median device gets a model.");
    static final Key<Double> UPLOAD = Key.optional("uploadBytesPerSecond", ScheduleKeys.POSITIVE,
            text(PHONES.uploadBytes()), "How fast it sends an update.");
    static final Key<Double> LINK_SPREAD = Key.optional("linkSpread", SPREAD, text(PHONES.linkSpread()),
            "As speedSpread, of a device's link in both directions.");
    static final Key<List<Double>> AVAILABILITY = Key.optional("availability", new Hours(),
            PHONES.availability().toString(),
            "The share of the devices that are there, by the hour of their day. Who is away is not chosen.");
    static final Key<Integer> TIME_ZONES = Key.optional("timeZones",
            Scalars.wholeNumber(1, DeviceProfile.HOURS), String.valueOf(PHONES.timeZones()),
            "Over how many hours of local time devices are spread.");
    static final Key<Double> DROPOUT = Key.optional("dropout",
            Scalars.number("a number from 0 to below 1", share -> share >= 0 && share < 1), text(PHONES.dropout()),
            "The probability that a device which is asked to train is not heard of again in that round.");

    static final Key<Alternatives.Choice> DEVICES = Key.optional("devices", kinds(), NONE,
            "What the clients run on, which makes time pass in the simulation: who is there, how long they take, who drops"
                    + " out. Each is drawn from the seed. With none all are there, and take no time. The keys of a kind change"
                    + " it; custom has none of its own. docs/simulation.md tells where the numbers come from; --devices"
                    + " says it without the file.");

    private DeviceKeys() {}

    private static Alternatives kinds() {
        List<Form> forms = new ArrayList<>();
        forms.add(Form.word(NONE));
        forms.add(Form.typed("phones", SPEED, SPEED_SPREAD, DOWNLOAD, UPLOAD, LINK_SPREAD, AVAILABILITY, TIME_ZONES,
                DROPOUT));
        for (String name : Devices.kindNames()) {
            Devices.of(name).filter(kind -> !kind.profile().equals(PHONES))
                    .ifPresent(kind -> forms.add(form(name, kind.profile(), false)));
        }
        forms.add(form(CUSTOM, new DeviceProfile(1000, 1, 12_500_000, 12_500_000, 1, DeviceProfile.atAllHours(1), 1, 0),
                true));
        return new Alternatives(forms.toArray(new Form[0]));
    }

    /** The same keys with other defaults. */
    private static Form form(String name, DeviceProfile profile, boolean required) {
        return Form.typed(name, like(SPEED, text(profile.speed()), required),
                like(SPEED_SPREAD, text(profile.speedSpread()), false),
                like(DOWNLOAD, text(profile.downloadBytes()), false), like(UPLOAD, text(profile.uploadBytes()), false),
                like(LINK_SPREAD, text(profile.linkSpread()), false),
                like(AVAILABILITY, text(profile.availability().get(0)), false),
                like(TIME_ZONES, String.valueOf(profile.timeZones()), false),
                like(DROPOUT, text(profile.dropout()), false));
    }

    private static <T> Key<T> like(Key<T> key, String example, boolean required) {
        return new Key<>(key.name(), key.type(), example, required, "");
    }

    private static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** The devices, of keys without problems. */
    static Optional<Devices> build(Alternatives.Choice choice) {
        Entries keys = choice.entries();
        return choice.form().equals(NONE) ? Optional.empty()
                : Optional.of(new Devices(choice.form(), new DeviceProfile(keys.get(SPEED), keys.get(SPEED_SPREAD),
                        keys.get(DOWNLOAD), keys.get(UPLOAD), keys.get(LINK_SPREAD), keys.get(AVAILABILITY),
                        keys.get(TIME_ZONES), keys.get(DROPOUT))));
    }
}
