package io.github.moodlemcp.portal.web;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often something may be done from one network address, and from all together, at this node. The addresses of an IPv6
 * network of 64 bits count as one. Remembers the addresses that came last. Safe for use by many threads.
 */
public final class AddressLimit {
    static final int MAX_ADDRESSES = 10_000;

    private static final Rate UNLIMITED = new Rate(Integer.MAX_VALUE, Duration.ofNanos(Integer.MAX_VALUE));

    private final Rate perAddress;
    private final Bucket everybody;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /** So many at once, and as many again over each period. */
    public record Rate(int count, Duration period) {}

    /**
     * @param perAddress what one address may do
     * @param together what all may do
     */
    public AddressLimit(Rate perAddress, Rate together, Clock clock) {
        this.perAddress = perAddress;
        this.time = new ClockMeter(clock);
        this.everybody = bucket(together);
    }

    /** For what strangers at one address may not spoil for all others: only each address is limited. */
    public AddressLimit(Rate perAddress, Clock clock) {
        this(perAddress, UNLIMITED, clock);
    }

    /** Counts one attempt; zero if it may go on, else how long to wait. */
    public Duration take(String address) {
        Duration own = take(bucketOf(address));
        return own.isPositive() ? own : take(everybody);
    }

    /** Counts one attempt of the address less: it was a good one. */
    public void giveBack(String address) {
        bucketOf(address).addTokens(1);
    }

    /** Whole seconds, rounded up, so that who waits as long is not refused again. */
    public static long seconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }

    /** How many addresses are remembered. */
    int remembered() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private Bucket bucketOf(String address) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(NetworkAddress.of(address), any -> bucket(perAddress));
        }
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(rate.count())
                        .refillGreedy(rate.count(), rate.period())
                        .build())
                .withCustomTimePrecision(time)
                .build();
    }

    private static Duration take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
