package io.github.moodlemcp.distribution.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Says that the service takes requests. */
@Path("/health")
public final class HealthResource {

    /** 200, for load balancers and scripts. */
    @GET
    public Response health() {
        return Response.ok("{\"status\":\"ok\"}", MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }
}
