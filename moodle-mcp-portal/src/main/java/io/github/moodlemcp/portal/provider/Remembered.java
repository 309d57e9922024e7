package io.github.moodlemcp.portal.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Something a provider publishes, fetched when it is first asked for and kept for a while. When it cannot be fetched
 * anew the old one serves on, and a provider that failed is left in peace for some seconds. Many who ask at once share
 * one fetch. Safe for use by many threads.
 */
final class Remembered<T> {
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration USABLE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_EXTRA_FETCHES = Duration.ofSeconds(30);

    private final Source<T> source;
    private final Clock clock;
    private final AtomicReference<@Nullable Fetched<T>> last = new AtomicReference<>();
    private final AtomicReference<@Nullable Failed> failed = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<T>> running = new AtomicReference<>();
    private final AtomicReference<Instant> lastExtra = new AtomicReference<>(Instant.EPOCH);

    Remembered(Source<T> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Where it comes from. */
    @FunctionalInterface
    interface Source<T> {
        T fetch() throws SignInException;
    }

    private record Fetched<T>(T value, Instant at) {}

    private record Failed(SignInFailure failure, String reason, Instant at) {}

    T get() throws SignInException {
        Fetched<T> known = last.get();
        if (known != null && isWithin(known.at(), FRESH)) {
            return known.value();
        }
        try {
            return fetchUnlessItJustFailed();
        } catch (SignInException e) {
            if (known != null && isWithin(known.at(), USABLE)) {
                return known.value();
            }
            throw e;
        }
    }

    /** Fetches although there is a fresh one, but not more often than every 30 seconds; then answers the known one. */
    T getAnew() throws SignInException {
        Instant now = clock.instant();
        Instant before = lastExtra.get();
        boolean isMyTurn = !now.isBefore(before.plus(BETWEEN_EXTRA_FETCHES)) && lastExtra.compareAndSet(before, now);
        return isMyTurn ? fetchUnlessItJustFailed() : get();
    }

    private T fetchUnlessItJustFailed() throws SignInException {
        Failed failure = failed.get();
        if (failure != null && isWithin(failure.at(), PAUSE)) {
            throw new SignInException(failure.failure(), failure.reason());
        }
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> others = running.compareAndExchange(null, mine);
        if (others != null) {
            return resultOf(others);
        }
        try {
            T value = source.fetch();
            last.set(new Fetched<>(value, clock.instant()));
            failed.set(null);
            mine.complete(value);
            return value;
        } catch (SignInException e) {
            failed.set(new Failed(e.failure(), e.reason(), clock.instant()));
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.set(null);
            mine.completeExceptionally(SignInException.unreachable("fetch_failed"));
        }
    }

    private static <T> T resultOf(CompletableFuture<T> others) throws SignInException {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SignInException cause) {
                throw new SignInException(cause.failure(), cause.reason());
            }
            throw e;
        }
    }

    private boolean isWithin(Instant moment, Duration duration) {
        return clock.instant().isBefore(moment.plus(duration));
    }
}
