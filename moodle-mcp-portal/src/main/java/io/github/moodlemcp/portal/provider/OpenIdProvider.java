package io.github.moodlemcp.portal.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.Prompt;
import io.github.moodlemcp.portal.spi.Identity;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One provider at work: sends people to it, and tells who came back (authorization code with PKCE, state and nonce).
 * What it publishes is fetched when the first person needs it. Safe for use by many threads.
 */
public final class OpenIdProvider {
    private static final Scope SCOPE = new Scope("openid", "email", "profile");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IdentityProvider provider;
    private final URI redirect;
    private final ProviderHttp http;
    private final Clock clock;
    private final Claims claims;
    private final Remembered<ProviderMetadata> metadata;
    private final Map<URI, ProviderKeys> keys = new ConcurrentHashMap<>();

    OpenIdProvider(
            IdentityProvider provider,
            URI redirect,
            EmailDomains allowed,
            Transport transport,
            ProviderHttp http,
            Clock clock) {
        this.provider = provider;
        this.redirect = redirect;
        this.http = http;
        this.clock = clock;
        this.claims = new Claims(provider, allowed);
        URI document = ProviderMetadata.address(provider.issuer());
        this.metadata =
                new Remembered<>(() -> ProviderMetadata.read(http.get(document).json(), provider, transport), clock);
    }

    /** Names the provider in paths. */
    public String key() {
        return provider.key();
    }

    /** What people call it. */
    public String name() {
        return provider.name();
    }

    /** Whether the identity is one of this provider's. */
    public boolean vouchesFor(Identity identity) {
        String issuer = provider.issuer().toString();
        return IdentityProvider.servesManyTenants(provider.issuer())
                ? identity.issuer().startsWith(issuer.substring(0, issuer.indexOf('/', "https://".length())))
                : identity.issuer().equals(issuer);
    }

    /**
     * Where the browser goes to sign in.
     *
     * @param choose whether the person shall be asked which of their accounts to use
     * @throws SignInException when the provider cannot be used now
     */
    public URI signInAddress(Proof proof, boolean choose) throws SignInException {
        AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(
                        new ResponseType("code"), SCOPE, new ClientID(provider.clientId()), redirect)
                .endpointURI(metadata.get().authorization())
                .state(new State(proof.state()))
                .nonce(new Nonce(proof.nonce()))
                .codeChallenge(new CodeVerifier(proof.verifier()), CodeChallengeMethod.S256);
        if (choose) {
            request.prompt(new Prompt(Prompt.Type.SELECT_ACCOUNT));
        }
        return request.build().toURI();
    }

    /**
     * Checks whose answer a redirect is (RFC 9207), before anything in it is used.
     *
     * @param issuer the redirect's {@code iss}; null for none
     */
    public void checkAnswerer(@Nullable String issuer) throws SignInException {
        ProviderMetadata current = metadata.get();
        boolean isMissing = issuer == null && current.namesIssuer();
        boolean isOther =
                issuer != null && current.issuer() instanceof IssuerRule.Exactly rule && !rule.accepts(issuer, null);
        if (isMissing || isOther) {
            throw SignInException.untrusted(isMissing ? "answer_names_no_issuer" : "answer_of_another_issuer");
        }
    }

    /** Who came back with this code. */
    public VerifiedPerson redeem(String code, Proof proof) throws SignInException {
        ProviderMetadata current = metadata.get();
        CodeExchange.Tokens tokens = new CodeExchange(provider, redirect, current, http).redeem(code, proof.verifier());
        ProviderKeys signers = keys.computeIfAbsent(current.keys(), address -> new ProviderKeys(http, address, clock));
        JWTClaimsSet said = new IdTokens(provider.clientId(), current, signers, clock)
                .verify(tokens.idToken(), proof.nonce(), tokens.accessToken());
        Identity identity = new Identity(said.getIssuer(), said.getSubject());
        URI userInfo = current.userInfo();
        boolean isThin = said.getClaim("email") == null && userInfo != null;
        return claims.person(
                identity,
                isThin ? userInfo(userInfo, tokens.accessToken().getValue(), said.getSubject()) : said.getClaims());
    }

    /** What some providers keep out of the ID token (OpenID Connect Core 1.0, section 5.3). */
    private Map<String, Object> userInfo(URI address, String accessToken, String subject) throws SignInException {
        try {
            Map<String, Object> said =
                    JSON.readValue(http.getAs(address, accessToken).json(), new TypeReference<>() {});
            if (!subject.equals(said.get("sub"))) {
                throw SignInException.untrusted("user_info_of_another");
            }
            return said;
        } catch (JsonProcessingException e) {
            throw SignInException.unusable("user_info_is_no_json_object");
        }
    }
}
