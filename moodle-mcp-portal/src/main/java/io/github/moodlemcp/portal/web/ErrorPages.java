package io.github.moodlemcp.portal.web;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The portal's error pages: for requests that reached one of its resources, and for people whose address nothing
 * answers to. Everything else goes to the next mapper.
 */
public final class ErrorPages implements ExceptionMapper<Throwable> {
    private final Pages pages;
    private final Incidents incidents;
    private final ExceptionMapper<Throwable> others;
    private final Set<String> foreignPaths;

    @Context
    private @Nullable ResourceInfo resource;

    @Context
    private @Nullable HttpHeaders headers;

    @Context
    private @Nullable UriInfo uri;

    /**
     * @param others answers for what is not the portal's
     * @param foreignPaths the first segments of paths that are never the portal's
     */
    public ErrorPages(Pages pages, Incidents incidents, ExceptionMapper<Throwable> others, Set<String> foreignPaths) {
        this.pages = pages;
        this.incidents = incidents;
        this.others = others;
        this.foreignPaths = Set.copyOf(foreignPaths);
    }

    @Override
    public Response toResponse(Throwable problem) {
        return isOurs() ? answer(problem) : others.toResponse(problem);
    }

    private Response answer(Throwable problem) {
        return switch (problem) {
            case PageProblem known -> page(known);
            case RedirectionException redirect -> redirect.getResponse();
            case ClientErrorException refused -> page(refused.getResponse());
            default -> defect(problem);
        };
    }

    private Response defect(Throwable problem) {
        return page(
                500,
                "Something broke on our side",
                "We could not finish this. Try again in a moment; if it happens again, tell the people who run this"
                        + " service the incident number.",
                incidents.record(problem));
    }

    private Response page(PageProblem known) {
        Response page = page(known.getResponse().getStatus(), known.headline(), known.getMessage(), null);
        return withHeader(page, HttpHeaders.RETRY_AFTER, known.getResponse());
    }

    private Response page(Response refused) {
        int status = refused.getStatus();
        Response page = switch (status) {
            case 403 -> page(status, "You may not do that", "Nothing was changed. Go back and try another way.", null);
            case 404 ->
                page(
                        status,
                        "There is nothing here",
                        "The address may be mistyped, or what was here is gone. Start again from the home page.",
                        null);
            case 405 ->
                page(
                        status,
                        "This address works differently",
                        "It belongs to a button of one of our pages. Start again from the home page.",
                        null);
            case 413 -> page(status, "That was too much", "The form is larger than we accept. Shorten it.", null);
            default ->
                page(
                        status,
                        "We could not read that request",
                        "Your browser sent something unexpected. Go back, reload the page and try again.",
                        null);
        };
        return withHeader(page, HttpHeaders.ALLOW, refused);
    }

    private static Response withHeader(Response page, String name, Response refused) {
        String value = refused.getHeaderString(name);
        return value == null
                ? page
                : Response.fromResponse(page).header(name, value).build();
    }

    private Response page(int status, String headline, String explanation, @Nullable String incident) {
        ErrorView view = new ErrorView(status, headline, explanation, incident);
        ResponseBuilder answer = pages.page(view, Optional.empty()).status(status);
        Response built = answer.build();
        PageHeaders.addTo(built.getHeaders());
        return built;
    }

    private boolean isOurs() {
        Class<?> matched = resource == null ? null : resource.getResourceClass();
        if (matched != null) {
            return matched.isAnnotationPresent(PortalResource.class);
        }
        return !isForeign() && wantsHtml();
    }

    private boolean isForeign() {
        String path = uri == null ? "" : uri.getPath();
        String relative = path.startsWith("/") ? path.substring(1) : path;
        int slash = relative.indexOf('/');
        return foreignPaths.contains(slash < 0 ? relative : relative.substring(0, slash));
    }

    private boolean wantsHtml() {
        return headers != null
                && headers.getAcceptableMediaTypes().stream()
                        .anyMatch(type -> !type.isWildcardType() && type.isCompatible(MediaType.TEXT_HTML_TYPE));
    }
}
