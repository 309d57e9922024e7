package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.BrowserFamily;
import io.github.moodlemcp.portal.spi.ExtensionDownloads;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code /extension}: how to get the extension into a browser. */
@Path("/extension")
@PortalResource
public final class ExtensionPage {
    private final Gate gate;
    private final Pages pages;
    private final ExtensionDownloads downloads;

    public ExtensionPage(Gate gate, Pages pages, ExtensionDownloads downloads) {
        this.gate = gate;
        this.pages = pages;
        this.downloads = downloads;
    }

    /**
     * What can be had.
     *
     * @param chromium the package for Chrome and its relatives; null when this service has none
     * @param firefox the package for Firefox; null when this service has none
     */
    public record ExtensionView(
            @Nullable Download chromium, @Nullable Download firefox) implements View {
        @Override
        public String template() {
            return "extension";
        }

        @Override
        public String title() {
            return "Get the extension";
        }
    }

    /** @param size such as {@code 84 kB} */
    public record Download(String href, String size) {}

    @GET
    public Response show(@Context HttpHeaders headers) {
        ExtensionView view = new ExtensionView(download(BrowserFamily.CHROMIUM), download(BrowserFamily.FIREFOX));
        return pages.page(view, gate.visitor(headers)).build();
    }

    private @Nullable Download download(BrowserFamily family) {
        return downloads
                .find(family)
                .map(archive -> new Download(
                        "/downloads/" + DownloadsResource.fileName(family),
                        Math.ceilDiv(archive.bytes(), 1000) + " kB"))
                .orElse(null);
    }
}
