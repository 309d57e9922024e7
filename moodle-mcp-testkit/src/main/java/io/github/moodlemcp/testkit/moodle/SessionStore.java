package io.github.moodlemcp.testkit.moodle;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The sessions, in memory; beyond {@link #CAPACITY} the one unused longest is forgotten. Safe for use by many threads. */
final class SessionStore {
    static final String COOKIE = "MoodleSession";

    private static final int CAPACITY = 10_000;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Clock clock;
    private final Duration timeout;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, MoodleSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    SessionStore(Clock clock, Duration timeout) {
        this.clock = clock;
        this.timeout = timeout;
    }

    Duration timeout() {
        return timeout;
    }

    /** The session with this id; a new one, logged out, when there is none or it has expired. */
    synchronized MoodleSession open(@Nullable String id) {
        MoodleSession session = id == null ? null : sessions.get(id);
        if (session == null) {
            return add(null, null);
        }
        if (remaining(session).isNegative()) {
            sessions.remove(session.id());
            return add(null, null);
        }
        return session;
    }

    /** Replaces a session by one of the user with a new id and a new sesskey. */
    synchronized MoodleSession logIn(MoodleSession before, DemoUser user) {
        sessions.remove(before.id());
        return add(user, before.wanted());
    }

    synchronized void logOut(MoodleSession session) {
        sessions.remove(session.id());
    }

    /** Counts the session's life from now on, and returns it so. */
    synchronized MoodleSession prolong(MoodleSession session) {
        Instant now = now();
        change(session, current -> current.withLastUsed(now));
        return session.withLastUsed(now);
    }

    synchronized void change(MoodleSession session, UnaryOperator<MoodleSession> change) {
        sessions.computeIfPresent(session.id(), (id, current) -> change.apply(current));
    }

    synchronized void rotateSesskeys() {
        sessions.replaceAll((id, session) -> session.withSesskey(randomText(10)));
    }

    synchronized void logOutEverybody() {
        sessions.clear();
    }

    /** How long the session lives unless it is used. */
    Duration remaining(MoodleSession session) {
        return timeout.minus(Duration.between(session.lastUsed(), now()));
    }

    /** Whole seconds, as Moodle counts. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private MoodleSession add(@Nullable DemoUser user, @Nullable String wanted) {
        var session = new MoodleSession(randomText(32), randomText(10), user, now(), randomText(32), wanted, null);
        sessions.put(session.id(), session);
        if (sessions.size() > CAPACITY) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        return session;
    }

    private String randomText(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
