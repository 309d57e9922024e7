package io.github.moodlemcp.portal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.oauth.ConnectedApps;
import io.github.moodlemcp.portal.spi.BrowserDirectory;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /dashboard}: the person's browsers, API keys and connected apps; {@code /dashboard/state} keeps it up to date. */
@Path("/dashboard")
@PortalResource
public final class DashboardPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Gate gate;
    private final Pages pages;
    private final ApiKeys keys;
    private final ConnectedApps apps;
    private final BrowserDirectory directory;
    private final InstantSource clock;

    public DashboardPage(
            Gate gate, Pages pages, ApiKeys keys, ConnectedApps apps, BrowserDirectory directory, InstantSource clock) {
        this.gate = gate;
        this.pages = pages;
        this.keys = keys;
        this.apps = apps;
        this.directory = directory;
        this.clock = clock;
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
                Toolset.all(),
                apps.list(person.accountId()).stream()
                        .map(DashboardView.AppRow::of)
                        .toList(),
                DashboardNotice.named(notice).map(DashboardNotice::text).orElse(null));
        return pages.page(view, Optional.of(person)).build();
    }

    /** The browsers, as the HTML that shows them, in JSON; 401 for a visitor, who then sees that the session is over. */
    @GET
    @Path("state")
    public Response state(@Context HttpHeaders headers) throws JsonProcessingException {
        Optional<SignedIn> person = gate.visitor(headers);
        if (person.isEmpty()) {
            return json(Map.of("signedIn", false))
                    .status(Response.Status.UNAUTHORIZED)
                    .build();
        }
        BrowsersView browsers = new BrowsersView(browsers(person.get().accountId()));
        return json(Map.of("signedIn", true, "browsers", pages.fragment(browsers, person.get())))
                .build();
    }

    private List<BrowserRow> browsers(UUID account) {
        Instant now = clock.instant();
        return directory.browsers(account).stream()
                .map(browser -> BrowserRow.of(browser, now))
                .toList();
    }

    private static Response.ResponseBuilder json(Map<String, Object> body) throws JsonProcessingException {
        return Response.ok(JSON.writeValueAsBytes(body)).type(MediaType.APPLICATION_JSON_TYPE);
    }
}
