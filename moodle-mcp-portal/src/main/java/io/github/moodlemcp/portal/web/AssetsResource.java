package io.github.moodlemcp.portal.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** {@code /assets}: the files that pages are made with. */
@Path("/assets")
@PortalResource
public final class AssetsResource {
    private final Assets assets;

    public AssetsResource(Assets assets) {
        this.assets = assets;
    }

    @GET
    @Path("{name}")
    public Response asset(@PathParam("name") String name) {
        Assets.Asset asset = assets.find(name).orElseThrow(NotFoundException::new);
        return Response.ok(asset.content())
                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .build();
    }
}
