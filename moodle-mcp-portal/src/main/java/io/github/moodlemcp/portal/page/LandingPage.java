package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** {@code /}: what this is. */
@Path("/")
@PortalResource
public final class LandingPage {
    private final Gate gate;
    private final Pages pages;

    public LandingPage(Gate gate, Pages pages) {
        this.gate = gate;
        this.pages = pages;
    }

    /** Shows nothing that differs. */
    public record LandingView() implements View {
        @Override
        public String template() {
            return "landing";
        }

        @Override
        public String title() {
            return "Your courses, in your AI assistant";
        }
    }

    @GET
    public Response show(@Context HttpHeaders headers) {
        return pages.page(new LandingView(), gate.visitor(headers)).build();
    }
}
