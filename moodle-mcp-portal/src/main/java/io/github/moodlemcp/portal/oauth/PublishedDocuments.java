package io.github.moodlemcp.portal.oauth;

import static java.lang.System.Logger.Level.INFO;

import com.nimbusds.oauth2.sdk.ParseException;
import io.github.moodlemcp.portal.outbound.DocumentFetch;
import io.github.moodlemcp.portal.outbound.FetchException;
import io.github.moodlemcp.portal.spi.CallerAddresses;
import io.github.moodlemcp.portal.web.AddressLimit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What clients publish, fetched when it is first asked for and kept as long as its publisher says, within 5 minutes and 24
 * hours; an hour when the publisher says nothing. What could not be fetched or read is not kept, but no host is asked
 * without limit. Safe for use by many threads.
 */
final class PublishedDocuments<T> {
    private static final System.Logger LOG = System.getLogger(PublishedDocuments.class.getName());
    private static final int MAX_KEPT = 500;
    private static final Duration LEAST = Duration.ofMinutes(5);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofHours(24);
    /** Fewer than a host is asked in all, so that nobody alone keeps its document from all others. */
    private static final AddressLimit.Rate OF_A_CALLER = new AddressLimit.Rate(5, Duration.ofMinutes(1));

    private static final AddressLimit.Rate OF_A_HOST = new AddressLimit.Rate(10, Duration.ofMinutes(1));
    private static final AddressLimit.Rate OF_ALL = new AddressLimit.Rate(100, Duration.ofMinutes(1));

    private final DocumentFetch fetch;
    private final Reader<T> reader;
    private final AddressLimit limit;
    private final AddressLimit callers;
    private final Clock clock;
    private final Map<URI, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Kept<T>> eldest) {
            return size() > MAX_KEPT;
        }
    };

    PublishedDocuments(DocumentFetch fetch, Reader<T> reader, Clock clock) {
        this.fetch = fetch;
        this.reader = reader;
        this.limit = new AddressLimit(OF_A_HOST, OF_ALL, clock);
        this.callers = new AddressLimit(OF_A_CALLER, clock);
        this.clock = clock;
    }

    /** Makes sense of a document. */
    @FunctionalInterface
    interface Reader<T> {
        /** @throws ParseException if it is of no use */
        T read(URI address, String text) throws ParseException;
    }

    /** What came of asking for a document. */
    sealed interface Lookup<T> {
        /** It was read. */
        record Found<T>(T value) implements Lookup<T> {}

        /** Its host did not give it to us. */
        record Unreachable<T>() implements Lookup<T> {}

        /** It is of no use. */
        record Unusable<T>() implements Lookup<T> {}

        /** What was read; empty when nothing was. */
        default Optional<T> found() {
            return this instanceof Found<T>(T value) ? Optional.of(value) : Optional.empty();
        }
    }

    private record Kept<T>(T value, Instant until) {}

    /** The document, if it was read not long ago. */
    Optional<T> kept(URI address) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(address))
                    .filter(document -> clock.instant().isBefore(document.until()))
                    .map(Kept::value);
        }
    }

    /**
     * Asks for the document, although one may be kept.
     *
     * @param caller the network address for which it is done
     */
    Lookup<T> fetched(URI address, String caller) {
        if (!mayFetch(address, caller)) {
            note(address, "too_often");
            return new Lookup.Unreachable<>();
        }
        Lookup<T> lookup = fetched(address);
        if (lookup instanceof Lookup.Found<T>) {
            callers.giveBack(caller);
        }
        return lookup;
    }

    private boolean mayFetch(URI address, String caller) {
        boolean isTooMuch =
                !caller.equals(CallerAddresses.UNKNOWN) && callers.take(caller).isPositive();
        return !isTooMuch && limit.take(address.getHost()).isZero();
    }

    private Lookup<T> fetched(URI address) {
        try {
            DocumentFetch.Fetched document = fetch.get(address);
            T value = reader.read(address, document.text());
            synchronized (kept) {
                kept.put(address, new Kept<>(value, clock.instant().plus(keepingTime(document))));
            }
            return new Lookup.Found<>(value);
        } catch (FetchException e) {
            note(address, e.reason());
            return new Lookup.Unreachable<>();
        } catch (ParseException e) {
            note(address, "malformed");
            return new Lookup.Unusable<>();
        }
    }

    private static Duration keepingTime(DocumentFetch.Fetched document) {
        Duration asked = document.maxAge();
        if (asked == null) {
            return USUAL;
        }
        Duration atLeast = asked.compareTo(LEAST) < 0 ? LEAST : asked;
        return atLeast.compareTo(MOST) > 0 ? MOST : atLeast;
    }

    private static void note(URI address, String reason) {
        LOG.log(INFO, "event=client_document_not_read host=" + address.getHost() + " reason=" + reason);
    }
}
