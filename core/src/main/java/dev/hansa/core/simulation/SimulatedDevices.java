package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/**
 * Clients on devices of one kind, each drawn from the seed by its name: its speed and its link, lognormal around the median,
 * and its time zone. Nothing is kept of a device; it is drawn again whenever it is asked for.
 *
 * <p>A training takes the time to download the model, to pass over the rows, and to upload the update, as small as the run's
 * compression makes it (without headers, and as if zstd saved nothing). Whether a device is there is drawn anew each hour,
 * by the share of its local hour; who was there when asked stays, unless it drops out, of which nobody hears. The simulation
 * begins at midnight in the first time zone; in the next it is one o'clock.
 *
 * @param rows by client: how many it trains on
 */
public record SimulatedDevices(DeviceProfile profile, ToLongFunction<String> rows, Seed seed) implements Durations {
    private static final double NANOS = 1e9;

    @Override
    public Duration of(String client, int number, Task.Fit task) {
        SplittableRandom luck = seed.derive("dropout").derive(client).derive(number).random();
        if (luck.nextDouble() < profile.dropout()) {
            return NEVER;
        }
        Traffic bytes = traffic(client, task);
        double link = factor("link", client, profile.linkSpread());
        double seconds = bytes.sent() / (profile.downloadBytes() * link)
                + task.training().examplesOver(rows.applyAsLong(client))
                        / (profile.speed() * factor("speed", client, profile.speedSpread()))
                + bytes.received() / (profile.uploadBytes() * link);
        double longest = NEVER.toMillis() / 1000.0;
        return seconds >= longest ? NEVER : Duration.ofNanos(Math.round(seconds * NANOS));
    }

    /** By how much the device is faster than the median. */
    private double factor(String what, String client, double spread) {
        return Math.exp(Math.log(spread) * Draws.normal(seed.derive(what).derive(client).random()));
    }

    @Override
    public Traffic traffic(String client, Task.Fit task) {
        int size = task.updateLayout().size();
        long received = task.compression().bytes(size);
        return new Traffic((long) task.parameters().layout().size() * Float.BYTES, received,
                (long) size * Float.BYTES - received);
    }

    @Override
    public boolean isThere(String client, Duration time) {
        if (!profile.comesAndGoes()) {
            return true;
        }
        long hour = time.toHours();
        int zone = seed.derive("zone").derive(client).random().nextInt(profile.timeZones());
        double share = profile.availability().get((int) ((hour + zone) % DeviceProfile.HOURS));
        return seed.derive("there").derive(client).derive(hour).random().nextDouble() < share;
    }

    @Override
    public Optional<Duration> nextChange(Duration time) {
        return profile.comesAndGoes() ? Optional.of(Duration.ofHours(time.toHours() + 1)) : Optional.empty();
    }
}
