package io.github.moodlemcp.portal.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A point in time as a page shows it; the script turns it into the reader's own time zone.
 *
 * @param iso ISO 8601, to the second
 * @param text in words, in UTC
 */
public record Moment(String iso, String text) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static Moment of(Instant instant) {
        return new Moment(instant.truncatedTo(ChronoUnit.SECONDS).toString(), TEXT.format(instant));
    }
}
