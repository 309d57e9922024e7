package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.BrowserFamily;
import io.github.moodlemcp.portal.spi.ExtensionDownloads;
import io.github.moodlemcp.portal.web.PortalResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;

/** {@code /downloads}: the extension's packages. */
@Path("/downloads")
@PortalResource
public final class DownloadsResource {
    private final ExtensionDownloads downloads;

    public DownloadsResource(ExtensionDownloads downloads) {
        this.downloads = downloads;
    }

    /** The name under which the package is downloaded. */
    static String fileName(BrowserFamily family) {
        return switch (family) {
            case CHROMIUM -> "moodle-mcp-chromium.zip";
            case FIREFOX -> "moodle-mcp-firefox.zip";
        };
    }

    @GET
    @Path("{name}")
    public Response download(@PathParam("name") String name) throws IOException {
        ExtensionDownloads.Archive archive = Arrays.stream(BrowserFamily.values())
                .filter(family -> fileName(family).equals(name))
                .findFirst()
                .flatMap(downloads::find)
                .orElseThrow(NotFoundException::new);
        return Response.ok(archive.open())
                .type("application/zip")
                .header(HttpHeaders.CONTENT_LENGTH, archive.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }
}
