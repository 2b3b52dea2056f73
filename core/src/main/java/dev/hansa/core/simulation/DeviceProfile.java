package dev.hansa.core.simulation;

import java.util.Arrays;
import java.util.List;

/**
 * A kind of devices: what its members have in common, and how far they lie apart.
 *
 * @param speed              examples a second that the median device trains on
 * @param speedSpread        two in three devices are slower or faster than the median by no more than this factor; 1 for
 *                           all alike
 * @param downloadBytes      a second, of the median device
 * @param uploadBytes        likewise
 * @param linkSpread         as speedSpread, of both directions of a device's link together
 * @param availability       by hour of the device's day, from midnight: the share of the time that it is there
 * @param timeZones          over how many neighbouring hours of local time devices are spread; 1 to 24
 * @param dropout            the probability that a device that is asked to train never answers
 */
public record DeviceProfile(double speed, double speedSpread, double downloadBytes, double uploadBytes,
        double linkSpread, List<Double> availability, int timeZones, double dropout) {
    /** Hours of a day. */
    public static final int HOURS = 24;

    /**
     * Phones that train while they charge, idle and on a network without a price. Bonawitz et al., <i>Towards Federated
     * Learning at Scale</i>, MLSys 2019, section 9: of one country four times as many are there at night as by day, and 6 to
     * 10 % drop out. All else is a choice made here: a small model, a household's link.
     */
    public static final DeviceProfile PHONES = new DeviceProfile(500, 2.5, 2_500_000, 750_000, 3,
            List.of(0.4, 0.4, 0.4, 0.4, 0.4, 0.35, 0.3, 0.2, 0.15, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.12,
                    0.15, 0.2, 0.25, 0.3, 0.35),
            4, 0.08);

    /** Gateways and machines on a mobile network, nearly always on. All of it is a choice made here. */
    public static final DeviceProfile EDGE =
            new DeviceProfile(2_000, 1.5, 1_250_000, 600_000, 2, atAllHours(0.95), 1, 0.02);

    /** A server in each house, behind an office's link of 100 Mbit/s. All of it is a choice made here. */
    public static final DeviceProfile HOSPITALS =
            new DeviceProfile(20_000, 1.5, 12_500_000, 12_500_000, 1.5, atAllHours(0.99), 1, 0.005);

    /** Machines of one kind on links of 1 Gbit/s, always there. All of it is a choice made here. */
    public static final DeviceProfile DATA_CENTRE =
            new DeviceProfile(200_000, 1.05, 125_000_000, 125_000_000, 1, atAllHours(1), 1, 0);

    public DeviceProfile {
        positive("speed", speed);
        positive("downloadBytes", downloadBytes);
        positive("uploadBytes", uploadBytes);
        require(speedSpread >= 1 && Double.isFinite(speedSpread), "speedSpread", speedSpread, "1 or more");
        require(linkSpread >= 1 && Double.isFinite(linkSpread), "linkSpread", linkSpread, "1 or more");
        availability = List.copyOf(availability);
        require(availability.size() == HOURS, "availability", availability, "24 numbers, one for each hour");
        require(availability.stream().allMatch(share -> share >= 0 && share <= 1), "availability", availability,
                "numbers from 0 to 1");
        require(availability.stream().anyMatch(share -> share > 0), "availability", availability,
                "an hour in which somebody is there");
        require(timeZones >= 1 && timeZones <= HOURS, "timeZones", timeZones, "a number from 1 to 24");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "a number from 0 to below 1");
    }

    private static void positive(String what, double value) {
        require(value > 0 && Double.isFinite(value), what, value, "a number above 0");
    }

    private static void require(boolean good, String what, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(what + " is " + value + ", expected " + expected);
        }
    }

    /** Always there, with the same probability at each hour. */
    public static List<Double> atAllHours(double share) {
        Double[] hours = new Double[HOURS];
        Arrays.fill(hours, share);
        return List.of(hours);
    }

    /** Whether some of the devices are away at times. */
    boolean comesAndGoes() {
        return availability.stream().anyMatch(share -> share < 1);
    }
}
