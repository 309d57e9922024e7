package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationErrorResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.moodlemcp.portal.web.Incidents;
import io.github.moodlemcp.portal.web.PortalResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /register}: takes clients that come unannounced, from any origin, so many at a time. */
@Path("/register")
@PortalResource
@Registering
public final class RegisterResource {
    private final Registrations registrations;
    private final Incidents incidents;

    public RegisterResource(Registrations registrations, Incidents incidents) {
        this.registrations = registrations;
        this.incidents = incidents;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(String json) {
        try {
            return OpenAnswers.of(registrations.register(json).toHTTPResponse());
        } catch (RuntimeException e) {
            return OpenAnswers.of(broken(incidents.record(e)));
        }
    }

    @OPTIONS
    public Response preflight() {
        return OpenAnswers.preflight("POST");
    }

    private static HTTPResponse broken(String incident) {
        return new ClientRegistrationErrorResponse(new ErrorObject(
                        "server_error", "Something broke here (incident " + incident + "). Try again.", 500))
                .toHTTPResponse();
    }
}
