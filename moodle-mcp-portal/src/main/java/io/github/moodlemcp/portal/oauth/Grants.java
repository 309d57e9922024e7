package io.github.moodlemcp.portal.oauth;

import static java.lang.System.Logger.Level.WARNING;

import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.moodlemcp.portal.credential.BridgeTokens;
import io.github.moodlemcp.portal.credential.RandomTokens;
import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.CodeRedemption;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.RefreshToken;
import io.github.moodlemcp.portal.spi.Rotation;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The life of a grant: a person allows it, a code carries it to the client, refresh tokens keep it going. Safe for use
 * by many threads.
 */
public final class Grants {
    private static final System.Logger LOG = System.getLogger(Grants.class.getName());
    private static final Duration CODE_LIFETIME = Duration.ofSeconds(60);
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(90);
    private static final Duration REFRESH_GRACE = Duration.ofSeconds(60);

    private final AuthorizationStore store;
    private final RandomTokens tokens;
    private final BridgeTokens bridgeTokens;
    private final Issuer issuer;
    private final URI resource;
    private final Clock clock;

    public Grants(
            AuthorizationStore store,
            RandomTokens tokens,
            BridgeTokens bridgeTokens,
            URI issuer,
            URI resource,
            Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.bridgeTokens = bridgeTokens;
        this.issuer = new Issuer(issuer);
        this.resource = resource;
        this.clock = clock;
    }

    /** What the client gets for a code or a refresh token. */
    record Issued(String accessToken, String refreshToken) {
        /** Without the tokens. */
        @Override
        public String toString() {
            return "Issued";
        }
    }

    /**
     * Notes that the person allowed the request.
     *
     * @param label names the person's browser
     * @return where the browser goes now, with the code
     */
    public URI allow(ConsentRequest request, UUID accountId, String label) {
        Instant now = Instant.now(clock);
        Grant grant = new Grant(
                UUID.randomUUID(), accountId, ExtensionClient.ID, resource.toString(), BridgeTokens.SCOPE, label, now);
        String code = tokens.next();
        store.saveCode(new AuthorizationCode(
                SecretHash.of(code),
                grant,
                request.redirectUri().toString(),
                request.codeChallenge(),
                now.plus(CODE_LIFETIME)));
        return new AuthorizationSuccessResponse(
                        request.redirectUri(),
                        new com.nimbusds.oauth2.sdk.AuthorizationCode(code),
                        null,
                        AuthorizationRequests.stateOf(request.state()),
                        issuer,
                        ResponseMode.QUERY)
                .toURI();
    }

    /** Spends a code; empty for a bad one, a wrong verifier or a wrong address, after which the grant is over. */
    Optional<Issued> redeem(String code, @Nullable URI redirectUri, @Nullable CodeVerifier verifier) {
        return switch (store.redeemCode(SecretHash.of(code), Instant.now(clock))) {
            case CodeRedemption.Redeemed(AuthorizationCode redeemed) -> issueFor(redeemed, redirectUri, verifier);
            case CodeRedemption.Refused() -> Optional.empty();
            case CodeRedemption.Reused(UUID grantId) -> ended(grantId, "code");
        };
    }

    /** Exchanges a refresh token; empty for a bad one. */
    Optional<Issued> refresh(String refreshToken) {
        String replacement = tokens.next();
        Instant now = Instant.now(clock);
        RefreshToken stored = new RefreshToken(SecretHash.of(replacement), now.plus(REFRESH_LIFETIME));
        return switch (store.rotate(SecretHash.of(refreshToken), ExtensionClient.ID, stored, now, REFRESH_GRACE)) {
            case Rotation.Rotated(Grant grant) -> Optional.of(issued(grant, replacement));
            case Rotation.Refused() -> Optional.empty();
            case Rotation.Reused(UUID grantId) -> ended(grantId, "refresh_token");
        };
    }

    private Optional<Issued> issueFor(
            AuthorizationCode code, @Nullable URI redirectUri, @Nullable CodeVerifier verifier) {
        Grant grant = code.grant();
        if (redirectUri == null || !code.redirectUri().equals(redirectUri.toString()) || !meets(code, verifier)) {
            store.revoke(grant.accountId(), grant.id());
            return Optional.empty();
        }
        String refreshToken = tokens.next();
        RefreshToken stored =
                new RefreshToken(SecretHash.of(refreshToken), Instant.now(clock).plus(REFRESH_LIFETIME));
        return store.addRefreshToken(grant.id(), stored) ? Optional.of(issued(grant, refreshToken)) : Optional.empty();
    }

    private static Optional<Issued> ended(UUID grantId, String reused) {
        LOG.log(WARNING, "event=grant_ended grant=" + grantId + " reused=" + reused);
        return Optional.empty();
    }

    private static boolean meets(AuthorizationCode code, @Nullable CodeVerifier verifier) {
        return verifier != null
                && CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                        .getValue()
                        .equals(code.codeChallenge());
    }

    private Issued issued(Grant grant, String refreshToken) {
        return new Issued(bridgeTokens.issue(grant.accountId(), grant.id()), refreshToken);
    }
}
