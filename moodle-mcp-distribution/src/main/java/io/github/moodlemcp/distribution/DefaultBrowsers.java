package io.github.moodlemcp.distribution;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The default browsers of the accounts that called lately, so that not every call asks the database. What changes at this
 * node shows at once, what changes elsewhere within 5 seconds. Safe for use by many threads.
 */
final class DefaultBrowsers {
    private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST_KEPT = 10_000;

    private final Function<UUID, Optional<String>> source;
    private final LongSupplier nanoTime;
    private final Map<UUID, Kept> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };
    /** Counts the changes, so that an answer that was asked for before a change is not kept after it. */
    private long changes;

    DefaultBrowsers(Function<UUID, Optional<String>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    private record Kept(Optional<String> browser, long since) {}

    Optional<String> of(UUID account) {
        long now = nanoTime.getAsLong();
        long asked;
        synchronized (kept) {
            Kept known = kept.get(account);
            if (known != null && now - known.since() < KEPT_NANOS) {
                return known.browser();
            }
            asked = changes;
        }
        Optional<String> browser = source.apply(account);
        synchronized (kept) {
            if (asked == changes) {
                kept.remove(account);
                kept.put(account, new Kept(browser, now));
            }
        }
        return browser;
    }

    /** The account's default may be another now. */
    void changed(UUID account) {
        synchronized (kept) {
            changes++;
            kept.remove(account);
        }
    }
}
