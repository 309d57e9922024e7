package io.github.moodlemcp.testkit.issuer;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who is signed in at a fake issuer, what it gave out, and whether it lies. Safe for use by many threads. */
final class IssuerState {
    static final String CLIENT_ID = "a client of the fake issuer";

    private final SecureRandom random = new SecureRandom();
    private final String clientSecret = random();
    private final Map<String, Visit> codes = new ConcurrentHashMap<>();
    private final Map<String, FakePerson> accessTokens = new ConcurrentHashMap<>();
    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private volatile FakePerson person = FakePerson.of("ada-1", "ada@example.org", "Ada Example");
    private volatile IssuerLie lie = IssuerLie.NONE;
    private volatile boolean isThin;

    /** One person's way through the issuer. */
    record Visit(FakePerson person, String nonce, String challenge, String redirect) {}

    String clientSecret() {
        return clientSecret;
    }

    void person(FakePerson next) {
        person = next;
    }

    FakePerson person() {
        return person;
    }

    void lie(IssuerLie next) {
        lie = next;
        isThin = next == IssuerLie.USER_INFO_OF_ANOTHER;
    }

    void tellTheTruth() {
        lie = IssuerLie.NONE;
        isThin = false;
    }

    void thinTokens() {
        isThin = true;
    }

    boolean isThin() {
        return isThin;
    }

    IssuerLie lie() {
        return lie;
    }

    boolean lies(IssuerLie other) {
        return lie == other;
    }

    List<String> secrets() {
        return List.copyOf(secrets);
    }

    /** The state of an earlier visit. */
    String anotherState(String state) {
        String other = states.isEmpty() ? random() : states.getFirst();
        states.add(state);
        return other;
    }

    void remember(String state) {
        states.add(state);
    }

    String newCode(Visit visit) {
        String code = secret();
        codes.put(code, visit);
        return code;
    }

    /** The visit of a code, which is spent with this call. */
    Optional<Visit> redeem(String code) {
        return Optional.ofNullable(codes.remove(code));
    }

    String newAccessToken(FakePerson of) {
        String token = secret();
        accessTokens.put(token, of);
        return token;
    }

    Optional<FakePerson> personOf(String accessToken) {
        return Optional.ofNullable(accessTokens.get(accessToken));
    }

    void giveOut(String secret) {
        secrets.add(secret);
    }

    private String secret() {
        String secret = random();
        secrets.add(secret);
        return secret;
    }

    private String random() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
