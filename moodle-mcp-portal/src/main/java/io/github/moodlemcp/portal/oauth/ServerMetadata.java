package io.github.moodlemcp.portal.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.PublicAddress;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Says what the authorization server serves. The issuer has no path, so the document has one place.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414, section 3</a>
 */
@Path("/.well-known/oauth-authorization-server")
@PortalResource
public final class ServerMetadata {
    private static final List<ClientAuthenticationMethod> PROOFS =
            List.of(ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.PRIVATE_KEY_JWT);

    private final String document;

    public ServerMetadata(PublicAddress address) {
        AuthorizationServerMetadata metadata = new AuthorizationServerMetadata(new Issuer(address.base()));
        metadata.setAuthorizationEndpointURI(address.at("/authorize"));
        metadata.setTokenEndpointURI(address.at("/token"));
        metadata.setRegistrationEndpointURI(address.at("/register"));
        metadata.setRevocationEndpointURI(address.at("/revoke"));
        metadata.setScopes(new Scope(Audience.READ, Audience.WRITE, Audience.OFFLINE));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(PROOFS);
        metadata.setTokenEndpointJWSAlgs(List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256));
        metadata.setRevocationEndpointAuthMethods(PROOFS);
        metadata.setRevocationEndpointJWSAlgs(List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256));
        metadata.setCustomParameter("client_id_metadata_document_supported", true);
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        this.document = metadata.toJSONObject().toString();
    }

    @GET
    public Response document() {
        return Response.ok(document, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .build();
    }

    @OPTIONS
    public Response preflight() {
        return OpenAnswers.preflight("GET");
    }
}
