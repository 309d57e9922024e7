package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.client.ClientConfiguration;
import io.github.moodlemcp.portal.client.ClientConfigurations;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.ReturnPath;
import io.github.moodlemcp.portal.web.Reveals;
import io.github.moodlemcp.portal.web.SignedIn;
import io.github.moodlemcp.portal.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /welcome}: shows a new API key, once, and what to do with it. */
@Path("/welcome")
@PortalResource
public final class WelcomePage {
    private final Gate gate;
    private final Pages pages;
    private final Reveals reveals;
    private final ClientConfigurations configurations;

    public WelcomePage(Gate gate, Pages pages, Reveals reveals, ClientConfigurations configurations) {
        this.gate = gate;
        this.pages = pages;
        this.reveals = reveals;
        this.configurations = configurations;
    }

    /**
     * A new key.
     *
     * @param first whether the person is new here
     * @param returnPath where the person goes on; null when nothing waits
     */
    public record WelcomeView(
            boolean first,
            String keyName,
            String secret,
            List<ClientConfiguration> configurations,
            @Nullable String returnPath)
            implements View {
        public WelcomeView {
            configurations = List.copyOf(configurations);
        }

        @Override
        public String template() {
            return "welcome";
        }

        @Override
        public String title() {
            return first ? "Welcome" : "Your new key";
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "WelcomeView[keyName=" + keyName + "]";
        }
    }

    @GET
    public Response show(@QueryParam("return") @Nullable String path, @Context HttpHeaders headers) {
        SignedIn person = gate.person(headers, "/dashboard");
        Optional<ReturnPath> returnPath = ReturnPath.of(path);
        return reveals.carried(headers, person)
                .map(key -> pages.page(view(key, returnPath), Optional.of(person))
                        .cookie(reveals.forget())
                        .build())
                .orElseGet(
                        () -> pages.seeOther(returnPath.map(ReturnPath::value).orElse("/dashboard"))
                                .build());
    }

    private WelcomeView view(Reveals.NewKey key, Optional<ReturnPath> returnPath) {
        return new WelcomeView(
                key.first(),
                key.name(),
                key.secret(),
                configurations.with(key.secret()),
                returnPath.map(ReturnPath::value).orElse(null));
    }
}
