package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import io.github.moodlemcp.portal.credential.BridgeTokens;
import io.github.moodlemcp.portal.web.CallerNote;
import io.github.moodlemcp.portal.web.Failing;
import io.github.moodlemcp.portal.web.Incidents;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.PublicAddress;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;

/** {@code /token}: gives tokens for codes and refresh tokens, to callers of any origin and without cookies. */
@Path("/token")
@PortalResource
@Failing
public final class TokenResource {
    private final Clients clients;
    private final Grants grants;
    private final URI endpoint;
    private final URI webSocket;
    private final Incidents incidents;

    public TokenResource(Clients clients, Grants grants, PublicAddress address, URI webSocket, Incidents incidents) {
        this.clients = clients;
        this.grants = grants;
        this.endpoint = address.at("/token");
        this.webSocket = webSocket;
        this.incidents = incidents;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(String form, @Context HttpHeaders headers) {
        return OpenAnswers.of(responseTo(form, CallerNote.of(headers)).toHTTPResponse());
    }

    @OPTIONS
    public Response preflight() {
        return OpenAnswers.preflight("POST");
    }

    private TokenResponse responseTo(String form, String caller) {
        try {
            return responseTo(TokenRequest.parse(OpenForms.request(endpoint, form)), caller);
        } catch (ParseException e) {
            return new TokenErrorResponse(OpenForms.malformed(e));
        } catch (RuntimeException e) {
            return new TokenErrorResponse(OpenForms.broken(incidents.record(e)));
        }
    }

    private TokenResponse responseTo(TokenRequest request, String caller) {
        return clients.authenticated(request.getClientAuthentication(), request.getClientID(), caller)
                .map(known -> responseTo(known, request))
                .orElseGet(() -> new TokenErrorResponse(Clients.UNKNOWN));
    }

    private TokenResponse responseTo(Client client, TokenRequest request) {
        Audience audience = client.audience();
        if (!audience.isNamedBy(request.getResources())) {
            return refused(
                    OAuth2Error.INVALID_TARGET.getCode(),
                    "The resource is not ours. It is " + audience.resource() + ".");
        }
        if (audience.scopeFor(request.getScope()).isEmpty()) {
            return refused(OAuth2Error.INVALID_SCOPE.getCode(), "The scope is not known. Ask for less, or for none.");
        }
        return switch (request.getAuthorizationGrant()) {
            case AuthorizationCodeGrant code ->
                answerTo(grants.redeem(
                        client,
                        code.getAuthorizationCode().getValue(),
                        code.getRedirectionURI(),
                        code.getCodeVerifier()));
            case RefreshTokenGrant refresh ->
                answerTo(grants.refresh(client, refresh.getRefreshToken().getValue(), request.getScope()));
            default ->
                refused(
                        OAuth2Error.UNSUPPORTED_GRANT_TYPE.getCode(),
                        "The grant type is not served. Use authorization_code or refresh_token.");
        };
    }

    private TokenResponse answerTo(Grants.Outcome outcome) {
        return switch (outcome) {
            case Grants.Outcome.Given(Grants.Issued issued) -> success(issued);
            case Grants.Outcome.TooWide() ->
                refused(OAuth2Error.INVALID_SCOPE.getCode(), "That is more than was granted. Ask the person again.");
            case Grants.Outcome.Refused() ->
                refused(
                        OAuth2Error.INVALID_GRANT.getCode(),
                        "The code or refresh token counts no more, or was not issued for this request. Sign in"
                                + " again.");
        };
    }

    private AccessTokenResponse success(Grants.Issued issued) {
        BearerAccessToken access =
                new BearerAccessToken(issued.accessToken(), issued.lifetime().toSeconds(), Scope.parse(issued.scope()));
        boolean opensBridge = issued.scope().equals(BridgeTokens.SCOPE);
        return new AccessTokenResponse(
                new Tokens(access, new com.nimbusds.oauth2.sdk.token.RefreshToken(issued.refreshToken())),
                opensBridge ? Map.of("websocket_url", webSocket.toString()) : Map.of());
    }

    private static TokenErrorResponse refused(String code, String description) {
        return new TokenErrorResponse(OpenForms.error(code, description));
    }
}
