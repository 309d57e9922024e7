package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.portal.credential.AccessTokens;
import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.BridgeTokens;
import io.github.moodlemcp.portal.credential.VerifiedKey;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ToolSelection;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the portal's keys and tokens open the server's doors. A store that fails makes them unavailable, not wrong. */
public final class Verifiers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Verifiers.class);

    private static final String KEY = "key:";
    private static final String GRANT = "grant:";

    private Verifiers() {}

    /** The grant that the credential of a caller names; null when it names none. */
    static @Nullable UUID grantOf(String credential) {
        return credential.startsWith(GRANT) ? UUID.fromString(credential.substring(GRANT.length())) : null;
    }

    /**
     * Judges what callers of the MCP endpoint show: API keys, and access tokens of apps that a person connected.
     *
     * @param grantIsLive whether what a person allowed an app still stands
     */
    public static TokenVerifier ofCallers(ApiKeys keys, AccessTokens accessTokens, Predicate<UUID> grantIsLive) {
        return new TokenVerifier() {
            @Override
            public TokenVerification verify(String token) {
                return verify(token, null);
            }

            @Override
            public TokenVerification verify(String token, @Nullable String userAgent) {
                return judged(
                        token,
                        given -> given.startsWith(ApiKeys.MARK)
                                ? keys.verify(given, userAgent).map(Verifiers::caller)
                                : accessTokens.verify(given).map(Verifiers::caller),
                        accessTokens::isOurs);
            }

            @Override
            public boolean stillCounts(Caller caller) {
                UUID grant = grantOf(caller.credential());
                return grant == null ? keyStillCounts(keys, caller) : grantIsLive.test(grant);
            }
        };
    }

    private static boolean keyStillCounts(ApiKeys keys, Caller caller) {
        String[] parts = caller.credential().substring(KEY.length()).split(":");
        return keys.isLive(UUID.fromString(caller.account().value()), UUID.fromString(parts[0]), parts[1]);
    }

    private static Caller caller(VerifiedKey key) {
        KeyRights rights = key.rights();
        return new Caller(
                new AccountId(key.accountId().toString()),
                KEY + key.keyId() + ":" + key.prefix(),
                rights.scopes(),
                new ToolSelection(rights.toolsets(), rights.readOnly()));
    }

    private static Caller caller(AccessTokens.Access token) {
        return new Caller(new AccountId(token.accountId().toString()), GRANT + token.grantId(), token.scopes());
    }

    /** Judges the tokens of extensions. */
    static TokenVerifier ofBridgeTokens(BridgeTokens tokens) {
        return token -> judged(
                token,
                given -> tokens.verify(given)
                        .map(bridge -> new Caller(
                                new AccountId(bridge.accountId().toString()),
                                GRANT + bridge.grantId(),
                                Set.of(BridgeTokens.SCOPE))),
                tokens::isOurs);
    }

    private static TokenVerification judged(
            String token, Function<String, Optional<Caller>> verify, Predicate<String> isOurs) {
        try {
            return verify.apply(token)
                    .<TokenVerification>map(TokenVerification.Verified::new)
                    .orElseGet(() ->
                            isOurs.test(token) ? new TokenVerification.Ended() : new TokenVerification.Rejected());
        } catch (RuntimeException e) {
            LOGGER.warn("event=token_not_judged", e);
            return new TokenVerification.Unavailable();
        }
    }
}
