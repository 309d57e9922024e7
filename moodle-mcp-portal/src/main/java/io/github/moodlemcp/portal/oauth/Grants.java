package io.github.moodlemcp.portal.oauth;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.moodlemcp.portal.credential.AccessTokens;
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

    private final Clients clients;
    private final AuthorizationStore store;
    private final RandomTokens tokens;
    private final BridgeTokens bridgeTokens;
    private final AccessTokens accessTokens;
    private final Issuer issuer;
    private final Clock clock;

    public Grants(
            Clients clients,
            AuthorizationStore store,
            RandomTokens tokens,
            BridgeTokens bridgeTokens,
            AccessTokens accessTokens,
            URI issuer,
            Clock clock) {
        this.clients = clients;
        this.store = store;
        this.tokens = tokens;
        this.bridgeTokens = bridgeTokens;
        this.accessTokens = accessTokens;
        this.issuer = new Issuer(issuer);
        this.clock = clock;
    }

    /**
     * What the client gets for a code or a refresh token.
     *
     * @param lifetime how long the access token counts
     * @param scope what it allows, separated by spaces
     */
    record Issued(String accessToken, Duration lifetime, String scope, String refreshToken) {
        /** Without the tokens. */
        @Override
        public String toString() {
            return "Issued";
        }
    }

    /** What came of presenting a code or a refresh token. */
    sealed interface Outcome {
        /** It was good. */
        record Given(Issued issued) implements Outcome {}

        /** It counts no more, or was not issued for this request. */
        record Refused() implements Outcome {}

        /** More was asked for than was granted. */
        record TooWide() implements Outcome {}
    }

    /**
     * Notes that the person allowed the request.
     *
     * @param label names the client or the person's browser; at most 64 characters
     * @return where the browser goes now, with the code
     */
    public URI allow(ConsentRequest request, UUID accountId, String label) {
        Instant now = Instant.now(clock);
        Grant grant = new Grant(
                UUID.randomUUID(),
                accountId,
                request.client().id(),
                request.client().audience().resource().toString(),
                request.scope(),
                label,
                now);
        clients.keep(request.client());
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

    /** Spends a code; with another client, a wrong verifier or a wrong address, the grant is over. */
    Outcome redeem(Client client, String code, @Nullable URI redirectUri, @Nullable CodeVerifier verifier) {
        return switch (store.redeemCode(SecretHash.of(code), Instant.now(clock))) {
            case CodeRedemption.Redeemed(AuthorizationCode redeemed) ->
                issueFor(client, redeemed, redirectUri, verifier);
            case CodeRedemption.Refused() -> new Outcome.Refused();
            case CodeRedemption.Reused(UUID grantId) -> ended(grantId, "code");
        };
    }

    /**
     * Exchanges a refresh token.
     *
     * @param asked the scopes that the client wants this time; null for all it was granted
     */
    Outcome refresh(Client client, String refreshToken, @Nullable Scope asked) {
        String replacement = tokens.next();
        Instant now = Instant.now(clock);
        RefreshToken stored = new RefreshToken(SecretHash.of(replacement), now.plus(REFRESH_LIFETIME));
        return switch (store.rotate(SecretHash.of(refreshToken), client.id(), stored, now, REFRESH_GRACE)) {
            case Rotation.Rotated(Grant grant) ->
                client.audience()
                        .narrowed(grant.scope(), asked)
                        .<Outcome>map(scope -> issued(grant, scope, replacement))
                        .orElseGet(Outcome.TooWide::new);
            case Rotation.Refused() -> new Outcome.Refused();
            case Rotation.Reused(UUID grantId) -> ended(grantId, "refresh_token");
        };
    }

    /**
     * Ends the grant that a token of it names, be it the access token or a refresh token.
     *
     * @return false when it is the grant of another client, which then goes on; true when there is none
     */
    boolean revoke(Client client, String token) {
        Optional<Grant> grant = grantOf(token);
        boolean isTheirs = grant.isEmpty() || grant.get().clientId().equals(client.id());
        if (isTheirs) {
            grant.ifPresent(this::end);
        }
        return isTheirs;
    }

    private Optional<Grant> grantOf(String token) {
        return store.grantOf(SecretHash.of(token))
                .or(() -> accessTokens.verify(token).flatMap(access -> listed(access.accountId(), access.grantId())))
                .or(() -> bridgeTokens.verify(token).flatMap(bridge -> listed(bridge.accountId(), bridge.grantId())));
    }

    private Optional<Grant> listed(UUID accountId, UUID grantId) {
        return store.list(accountId).stream()
                .filter(grant -> grant.id().equals(grantId))
                .findFirst();
    }

    private void end(Grant grant) {
        store.revoke(grant.accountId(), grant.id());
        LOG.log(INFO, "event=grant_ended grant=" + grant.id() + " revoked_by=client");
    }

    private Outcome issueFor(
            Client client, AuthorizationCode code, @Nullable URI redirectUri, @Nullable CodeVerifier verifier) {
        Grant grant = code.grant();
        boolean isTheirs = grant.clientId().equals(client.id())
                && redirectUri != null
                && code.redirectUri().equals(redirectUri.toString());
        if (!isTheirs || !meets(code, verifier)) {
            store.revoke(grant.accountId(), grant.id());
            return new Outcome.Refused();
        }
        String refreshToken = tokens.next();
        RefreshToken stored =
                new RefreshToken(SecretHash.of(refreshToken), Instant.now(clock).plus(REFRESH_LIFETIME));
        return store.addRefreshToken(grant.id(), stored)
                ? issued(grant, grant.scope(), refreshToken)
                : new Outcome.Refused();
    }

    private static Outcome ended(UUID grantId, String reused) {
        LOG.log(WARNING, "event=grant_ended grant=" + grantId + " reused=" + reused);
        return new Outcome.Refused();
    }

    private static boolean meets(AuthorizationCode code, @Nullable CodeVerifier verifier) {
        return verifier != null
                && CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                        .getValue()
                        .equals(code.codeChallenge());
    }

    private Outcome issued(Grant grant, String scope, String refreshToken) {
        Issued issued = grant.clientId().equals(ExtensionClient.ID)
                ? new Issued(
                        bridgeTokens.issue(grant.accountId(), grant.id()), BridgeTokens.LIFETIME, scope, refreshToken)
                : new Issued(accessTokens.issue(grant, scope), AccessTokens.LIFETIME, scope, refreshToken);
        return new Outcome.Given(issued);
    }
}
