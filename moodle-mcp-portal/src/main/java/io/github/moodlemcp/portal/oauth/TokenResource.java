package io.github.moodlemcp.portal.oauth;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.github.moodlemcp.portal.credential.BridgeTokens;
import io.github.moodlemcp.portal.web.Incidents;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.PublicAddress;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /token}: gives tokens for codes and refresh tokens, to callers of any origin and without cookies. */
@Path("/token")
@PortalResource
public final class TokenResource {
    private final Grants grants;
    private final URI endpoint;
    private final URI webSocket;
    private final Incidents incidents;

    public TokenResource(Grants grants, PublicAddress address, URI webSocket, Incidents incidents) {
        this.grants = grants;
        this.endpoint = address.at("/token");
        this.webSocket = webSocket;
        this.incidents = incidents;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(String form) {
        return answer(responseTo(form));
    }

    @OPTIONS
    public Response preflight() {
        return Response.noContent()
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "POST")
                .header("Access-Control-Allow-Headers", "Content-Type")
                .header("Access-Control-Max-Age", "86400")
                .build();
    }

    private TokenResponse responseTo(String form) {
        try {
            return responseTo(parsed(form));
        } catch (ParseException e) {
            ErrorObject error = e.getErrorObject() == null ? OAuth2Error.INVALID_REQUEST : e.getErrorObject();
            return refused(error.getCode(), "The request is malformed. Send each parameter once, as a form.");
        } catch (RuntimeException e) {
            return refused("server_error", "Something broke here (incident " + incidents.record(e) + "). Try again.");
        }
    }

    private TokenResponse responseTo(TokenRequest request) {
        boolean isOurClient = request.getClientAuthentication() == null
                && request.getClientID() != null
                && ExtensionClient.ID.equals(request.getClientID().getValue());
        if (!isOurClient) {
            return refused(
                    OAuth2Error.INVALID_CLIENT.getCode(), "The client is not known. Send client_id and no secret.");
        }
        if (request.getResources() != null && !request.getResources().equals(List.of(webSocket))) {
            return refused(OAuth2Error.INVALID_TARGET.getCode(), "The resource is not ours. It is " + webSocket + ".");
        }
        if (request.getScope() != null && !request.getScope().equals(new Scope(BridgeTokens.SCOPE))) {
            return refused(OAuth2Error.INVALID_SCOPE.getCode(), "The scope is too wide. Ask for bridge, or for none.");
        }
        return issuedFor(request.getAuthorizationGrant());
    }

    private TokenResponse issuedFor(AuthorizationGrant grant) {
        return switch (grant) {
            case AuthorizationCodeGrant code ->
                answerTo(grants.redeem(
                        code.getAuthorizationCode().getValue(), code.getRedirectionURI(), code.getCodeVerifier()));
            case RefreshTokenGrant refresh ->
                answerTo(grants.refresh(refresh.getRefreshToken().getValue()));
            default ->
                refused(
                        OAuth2Error.UNSUPPORTED_GRANT_TYPE.getCode(),
                        "The grant type is not served. Use authorization_code or refresh_token.");
        };
    }

    private TokenResponse answerTo(Optional<Grants.Issued> issued) {
        return issued.<TokenResponse>map(this::success)
                .orElseGet(() -> refused(
                        OAuth2Error.INVALID_GRANT.getCode(),
                        "The code or refresh token counts no more, or was not issued for this request. Sign in"
                                + " again."));
    }

    private AccessTokenResponse success(Grants.Issued issued) {
        BearerAccessToken access = new BearerAccessToken(
                issued.accessToken(), BridgeTokens.LIFETIME.toSeconds(), new Scope(BridgeTokens.SCOPE));
        return new AccessTokenResponse(
                new Tokens(access, new com.nimbusds.oauth2.sdk.token.RefreshToken(issued.refreshToken())),
                Map.of("websocket_url", webSocket.toString()));
    }

    private TokenRequest parsed(String form) throws ParseException {
        if (URLUtils.parseParameters(form).values().stream().anyMatch(values -> values.size() > 1)) {
            throw new ParseException("A parameter was sent twice", OAuth2Error.INVALID_REQUEST);
        }
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, endpoint);
        request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
        request.setBody(form);
        return TokenRequest.parse(request);
    }

    private static TokenErrorResponse refused(String code, String description) {
        return new TokenErrorResponse(new ErrorObject(code, description, "server_error".equals(code) ? 500 : 400));
    }

    private static Response answer(TokenResponse response) {
        HTTPResponse http = response.toHTTPResponse();
        return Response.status(http.getStatusCode())
                .entity(http.getBody())
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Access-Control-Allow-Origin", "*")
                .build();
    }
}
