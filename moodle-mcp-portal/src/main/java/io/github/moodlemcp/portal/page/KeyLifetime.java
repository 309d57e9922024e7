package io.github.moodlemcp.portal.page;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long a new key counts, as the dashboard offers it. */
enum KeyLifetime {
    MONTH("30", Duration.ofDays(30)),
    QUARTER("90", Duration.ofDays(90)),
    YEAR("365", Duration.ofDays(365)),
    UNTIL_REVOKED("", null);

    private final String name;
    private final @Nullable Duration duration;

    KeyLifetime(String name, @Nullable Duration duration) {
        this.name = name;
        this.duration = duration;
    }

    /** The lifetime; null until the key is revoked. */
    @Nullable
    Duration duration() {
        return duration;
    }

    /** The one that the form names; a name that is not offered means the shortest. */
    static KeyLifetime named(@Nullable String name) {
        String given = name == null ? "" : name;
        return Arrays.stream(values())
                .filter(lifetime -> lifetime.name.equals(given))
                .findFirst()
                .orElse(MONTH);
    }
}
