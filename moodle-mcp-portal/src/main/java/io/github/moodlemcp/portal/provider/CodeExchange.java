package io.github.moodlemcp.portal.provider;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.net.URI;
import java.util.Optional;

/** Turns a code into tokens at a provider's token endpoint (RFC 6749, section 4.1.3; RFC 7636). */
final class CodeExchange {
    private static final int MAX_CODE = 4096;

    private final IdentityProvider provider;
    private final URI redirect;
    private final ProviderMetadata metadata;
    private final ProviderHttp http;

    CodeExchange(IdentityProvider provider, URI redirect, ProviderMetadata metadata, ProviderHttp http) {
        this.provider = provider;
        this.redirect = redirect;
        this.metadata = metadata;
        this.http = http;
    }

    /** What a code gives. */
    record Tokens(String idToken, AccessToken accessToken) {
        /** Without the tokens. */
        @Override
        public String toString() {
            return "Tokens";
        }
    }

    Tokens redeem(String code, String verifier) throws SignInException {
        if (code.isBlank() || code.length() > MAX_CODE) {
            throw SignInException.untrusted("broken_code");
        }
        HTTPRequest request = new TokenRequest.Builder(
                        metadata.token(),
                        client(),
                        new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(verifier)))
                .build()
                .toHTTPRequest();
        ProviderHttp.Answer answer = http.post(
                metadata.token(),
                Optional.ofNullable(request.getAuthorization()).orElse(""),
                Optional.ofNullable(request.getBody()).orElse(""));
        if (!answer.isJson()) {
            throw answer.status() >= 500
                    ? SignInException.unreachable("status_" + answer.status())
                    : SignInException.unusable("token_endpoint_sent_no_json");
        }
        return tokens(answer);
    }

    private ClientAuthentication client() {
        ClientID id = new ClientID(provider.clientId());
        Secret secret = new Secret(provider.clientSecret());
        return metadata.takesSecretInForm() ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    private static Tokens tokens(ProviderHttp.Answer answer) throws SignInException {
        HTTPResponse response = new HTTPResponse(answer.status());
        response.setEntityContentType(ContentType.APPLICATION_JSON);
        response.setBody(answer.body());
        try {
            TokenResponse parsed = OIDCTokenResponseParser.parse(response);
            if (!(parsed instanceof OIDCTokenResponse success)) {
                throw refused(parsed.toErrorResponse().getErrorObject().getCode());
            }
            OIDCTokens tokens = success.getOIDCTokens();
            String idToken = tokens.getIDTokenString();
            if (idToken == null) {
                throw SignInException.untrusted("no_id_token");
            }
            return new Tokens(idToken, tokens.getAccessToken());
        } catch (ParseException e) {
            throw SignInException.untrusted("broken_token_response");
        }
    }

    private static SignInException refused(@org.jspecify.annotations.Nullable String error) {
        return switch (String.valueOf(error)) {
            case "invalid_grant" -> new SignInException(SignInFailure.STALE, "code_refused");
            case "invalid_client", "unauthorized_client" -> SignInException.unusable("client_refused");
            default -> new SignInException(SignInFailure.REPORTED, "token_endpoint_reported_a_problem");
        };
    }
}
