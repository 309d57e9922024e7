package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
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
import java.util.Optional;

/**
 * {@code /revoke}: a client gives back what it was granted, naming any token of it. The whole grant ends.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
 */
@Path("/revoke")
@PortalResource
@Failing
public final class RevokeResource {
    private final Clients clients;
    private final Grants grants;
    private final URI endpoint;
    private final Incidents incidents;

    public RevokeResource(Clients clients, Grants grants, PublicAddress address, Incidents incidents) {
        this.clients = clients;
        this.grants = grants;
        this.endpoint = address.at("/revoke");
        this.incidents = incidents;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response revoke(String form, @Context HttpHeaders headers) {
        return answerTo(form, CallerNote.of(headers))
                .map(error -> OpenAnswers.of(new TokenErrorResponse(error).toHTTPResponse()))
                .orElseGet(OpenAnswers::done);
    }

    @OPTIONS
    public Response preflight() {
        return OpenAnswers.preflight("POST");
    }

    /** What is wrong with the request; empty when nothing of the token counts any more. */
    private Optional<ErrorObject> answerTo(String form, String caller) {
        try {
            TokenRevocationRequest request = TokenRevocationRequest.parse(OpenForms.request(endpoint, form));
            return revoke(request, caller);
        } catch (ParseException e) {
            return Optional.of(OpenForms.malformed(e));
        } catch (RuntimeException e) {
            return Optional.of(OpenForms.broken(incidents.record(e)));
        }
    }

    private Optional<ErrorObject> revoke(TokenRevocationRequest request, String caller) {
        Optional<Client> client =
                clients.authenticated(request.getClientAuthentication(), request.getClientID(), caller);
        if (client.isEmpty()) {
            return Optional.of(Clients.UNKNOWN);
        }
        boolean isOver = grants.revoke(client.get(), request.getToken().getValue());
        return isOver
                ? Optional.empty()
                : Optional.of(new ErrorObject(
                        OAuth2Error.INVALID_GRANT.getCode(),
                        "The token was given to another client. Send the client_id that it was given to.",
                        400));
    }
}
