package dev.hansa.client.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.HttpUrl;

/** Makes real links whose calls, clock and chance are those of a simulated world. */
public final class SimulatedLink {
    private static final String ADDRESS = "coordinator:8470";
    private static final HttpUrl URL = HttpUrl.get("https://" + ADDRESS);

    private SimulatedLink() {}

    /** A link of the node, whose requests are not signed. */
    public static HttpLink of(String node, Call.Factory calls, World world, Path models, Path updates,
            LinkListener listener, boolean inline) {
        Timing timing = new Timing() {
            @Override
            public long millis() {
                return world.millis.getAsLong();
            }

            @Override
            public long nanos() {
                return world.nanos.getAsLong();
            }

            @Override
            public double random() {
                return world.random.getAsDouble();
            }

            @Override
            public void sleep(Duration pause) throws InterruptedException {
                world.sleep.sleep(pause);
            }
        };
        SignedHttp http =
                new SignedHttp(new SignedHttp.Way(calls, path -> URL.resolve(path)), signature -> "none", node,
                        timing, listener, Duration.ZERO);
        return new HttpLink(ADDRESS, http, models, updates, listener, timing, inline);
    }

    /**
     * Time and chance.
     *
     * @param millis of a clock that may be wrong, and be set
     * @param nanos  of one that only goes forward
     */
    public record World(LongSupplier millis, LongSupplier nanos, DoubleSupplier random, Sleep sleep) {}

    /** Lets time pass. */
    public interface Sleep {
        void sleep(Duration pause) throws InterruptedException;
    }
}
