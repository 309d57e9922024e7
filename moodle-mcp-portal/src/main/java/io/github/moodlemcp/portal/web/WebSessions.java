package io.github.moodlemcp.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.credential.RandomTokens;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/** Who is signed in to the portal, by a cookie with a random session id. Safe for use by many threads. */
public final class WebSessions {
    private static final String COOKIE = "moodle_mcp_session";
    private static final Duration SEEN_AT_MOST_EVERY = Duration.ofMinutes(1);

    private final WebSessionStore store;
    private final AccountStore accounts;
    private final RandomTokens tokens;
    private final List<SecretKey> formKeys;
    private final Cookies cookies;
    private final Duration lifetime;
    private final Clock clock;

    /** @param lifetime how long a person stays signed in */
    public WebSessions(
            WebSessionStore store,
            AccountStore accounts,
            RandomTokens tokens,
            PurposeKeys keys,
            PublicAddress address,
            Duration lifetime,
            Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.tokens = tokens;
        this.formKeys = keys.accepted("form token");
        this.cookies = new Cookies(address);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A session that has begun, and the cookie that tells the browser. */
    public record Begun(SecretHash session, NewCookie cookie) {}

    /**
     * Begins a session under a new id, and ends the one that the browser had.
     *
     * @param label names the browser for its owner; at most 64 characters
     */
    public Begun begin(UUID accountId, String label, HttpHeaders headers) {
        cookies.read(headers, COOKIE).map(SecretHash::of).ifPresent(store::end);
        String id = tokens.next();
        Instant now = Instant.now(clock);
        WebSession session = new WebSession(SecretHash.of(id), accountId, label, now, now, now.plus(lifetime));
        store.create(session);
        return new Begun(session.id(), cookies.make(COOKIE, id, lifetime));
    }

    /** The person behind the request; empty for a visitor. */
    public Optional<SignedIn> current(HttpHeaders headers) {
        return cookies.read(headers, COOKIE)
                .flatMap(id -> find(id).flatMap(session -> accounts.find(session.accountId()))
                        .map(account -> new SignedIn(account, SecretHash.of(id), formToken(id))));
    }

    private Optional<WebSession> find(String id) {
        Instant now = Instant.now(clock);
        Optional<WebSession> found = store.find(SecretHash.of(id), now);
        found.filter(session -> !now.isBefore(session.lastSeen().plus(SEEN_AT_MOST_EVERY)))
                .ifPresent(session -> store.seen(session.id(), now));
        return found;
    }

    /** Where the person is signed in, the newest first. */
    public List<WebSession> of(SignedIn person) {
        return store.list(person.accountId(), Instant.now(clock));
    }

    /** Ends one of the person's sessions; false when there is no such one. */
    public boolean end(SignedIn person, SecretHash session) {
        return store.end(person.accountId(), session);
    }

    /** Ends all of the person's sessions but this one. */
    public void endOthers(SignedIn person) {
        store.endOthers(person.accountId(), person.session());
    }

    /** Ends the person's session; the answer takes the cookie away. */
    public NewCookie end(SignedIn person) {
        store.end(person.session());
        return cookies.remove(COOKIE);
    }

    /** Whether the form of the request was made for its session, by a page that may be as old as the secret before. */
    boolean isFormToken(String token, HttpHeaders headers) {
        byte[] given = token.getBytes(UTF_8);
        return cookies.read(headers, COOKIE).stream()
                .flatMap(id -> formKeys.stream().map(key -> formToken(id, key)))
                .anyMatch(made -> MessageDigest.isEqual(given, made.getBytes(UTF_8)));
    }

    private String formToken(String sessionId) {
        return formToken(sessionId, formKeys.getFirst());
    }

    private static String formToken(String sessionId, SecretKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(PurposeKeys.hmac(key, sessionId.getBytes(UTF_8)));
    }
}
