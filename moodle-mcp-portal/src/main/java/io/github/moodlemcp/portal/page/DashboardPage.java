package io.github.moodlemcp.portal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.spi.ConnectionDirectory;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.SignedIn;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /dashboard}: the person's connected browsers and API keys; {@code /dashboard/state} keeps it up to date. */
@Path("/dashboard")
@PortalResource
public final class DashboardPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Gate gate;
    private final Pages pages;
    private final ApiKeys keys;
    private final ConnectionDirectory connections;

    public DashboardPage(Gate gate, Pages pages, ApiKeys keys, ConnectionDirectory connections) {
        this.gate = gate;
        this.pages = pages;
        this.keys = keys;
        this.connections = connections;
    }

    @GET
    public Response show(@QueryParam("notice") @Nullable String notice, @Context HttpHeaders headers) {
        SignedIn person = gate.person(headers, "/dashboard");
        DashboardView view = new DashboardView(
                browsers(person.accountId()),
                keys.list(person.accountId()).stream()
                        .map(DashboardView.KeyRow::of)
                        .toList(),
                keys.limit(),
                DashboardNotice.named(notice).map(DashboardNotice::text).orElse(null));
        return pages.page(view, Optional.of(person)).build();
    }

    /** The connected browsers as JSON; 401 for a visitor, who then sees that the session is over. */
    @GET
    @Path("state")
    public Response state(@Context HttpHeaders headers) throws JsonProcessingException {
        Optional<SignedIn> person = gate.visitor(headers);
        if (person.isEmpty()) {
            return json(Map.of("signedIn", false))
                    .status(Response.Status.UNAUTHORIZED)
                    .build();
        }
        return json(Map.of("signedIn", true, "browsers", browsers(person.get().accountId())))
                .build();
    }

    private List<BrowserRow> browsers(UUID account) {
        return connections.connected(account).stream().map(BrowserRow::of).toList();
    }

    private static Response.ResponseBuilder json(Map<String, Object> body) throws JsonProcessingException {
        return Response.ok(JSON.writeValueAsBytes(body)).type(MediaType.APPLICATION_JSON_TYPE);
    }
}
