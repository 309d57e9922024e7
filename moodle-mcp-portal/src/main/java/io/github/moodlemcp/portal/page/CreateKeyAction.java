package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.Reveals;
import io.github.moodlemcp.portal.web.SignedIn;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;

/** {@code POST /keys}: makes an API key and leads to the page that shows it once. */
@Path("/keys")
@PortalResource
public final class CreateKeyAction {
    private final Gate gate;
    private final Pages pages;
    private final ApiKeys keys;
    private final Reveals reveals;

    public CreateKeyAction(Gate gate, Pages pages, ApiKeys keys, Reveals reveals) {
        this.gate = gate;
        this.pages = pages;
        this.keys = keys;
        this.reveals = reveals;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        String name = form.getFirst("name");
        KeyRights rights = KeyRights.of(
                form.containsKey("write"), form.getOrDefault("toolset", List.of()), form.containsKey("read_only"));
        Duration lifetime = KeyLifetime.named(form.getFirst("lifetime")).duration();
        return switch (keys.create(person.accountId(), name == null ? "" : name, rights, lifetime)) {
            case IssuedKey.Issued(var key, var secret) ->
                pages.seeOther("/welcome")
                        .cookie(reveals.carry(new Reveals.NewKey(key.name(), secret, false), person.session()))
                        .build();
            case IssuedKey.LimitReached(int limit) ->
                pages.seeOther(DashboardNotice.KEY_LIMIT.path()).build();
        };
    }
}
