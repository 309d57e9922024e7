package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token at {@code /mcp} before anything else, the method included, because clients probe with GET.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750, section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728, section 5.1</a>
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class AuthenticationFilter implements ContainerRequestFilter {
    private static final System.Logger LOG = System.getLogger(AuthenticationFilter.class.getName());
    private static final String SCHEME = "bearer ";
    private static final int MAX_TOKEN_LENGTH = 4096;

    private final ServerOptions options;
    private final Protection protection;
    private final TokenVerifier verifier;
    private final Failures failures;
    private final String help;

    AuthenticationFilter(ServerOptions options, Protection protection, TokenVerifier verifier, Failures failures) {
        this.options = options;
        this.protection = protection;
        this.verifier = verifier;
        this.failures = failures;
        help = ("Send the header Authorization: Bearer <API key>. " + protection.keyHelp()).trim();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!RequestPath.isMcp(request)) {
            return;
        }
        McpAddress address = RequestPath.address(request);
        Optional<String> token = token(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (token.isEmpty()) {
            request.abortWith(
                    unauthorized("Bearer " + challenge(address), "unauthorized", "No API key was sent. " + help));
            return;
        }
        switch (verification(token.get(), request.getHeaderString(HttpHeaders.USER_AGENT))) {
            case TokenVerification.Verified(var caller) -> letIn(request, caller, address);
            case TokenVerification.Rejected() -> request.abortWith(refusal(failures.count(request), address));
            case TokenVerification.Ended() -> request.abortWith(refusal(address));
            case TokenVerification.Unavailable() ->
                request.abortWith(Response.fromResponse(Answers.problem(
                                Response.Status.SERVICE_UNAVAILABLE,
                                "temporarily_unavailable",
                                "The key cannot be checked at the moment. Try again in a few seconds."))
                        .header(HttpHeaders.RETRY_AFTER, 5)
                        .build());
        }
    }

    private Response refusal(Duration wait, McpAddress address) {
        if (!wait.isPositive()) {
            return refusal(address);
        }
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        Response refusal = Answers.problem(
                Response.Status.TOO_MANY_REQUESTS,
                "too_many_failures",
                "Too many keys and tokens from this network address were not good, this one among them. Check what is sent"
                        + " as Authorization, and try again in " + seconds + " s. " + help);
        refusal.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, seconds);
        return refusal;
    }

    private Response refusal(McpAddress address) {
        return unauthorized(
                "Bearer error=\"invalid_token\", " + challenge(address),
                "invalid_token",
                "The API key or token is not known, has expired, or was revoked. " + help);
    }

    private void letIn(ContainerRequestContext request, Caller caller, McpAddress address) {
        if (address.isUnknownTo(protection)) {
            request.abortWith(Answers.problem(
                    Response.Status.NOT_FOUND,
                    "unknown_toolset",
                    "The address names a toolset that does not exist. There are: "
                            + String.join(", ", new TreeSet<>(protection.toolsets())) + "."));
            return;
        }
        Caller offered = caller.offered(caller.selection().at(address.selection()));
        SecurityContext before = request.getSecurityContext();
        request.setSecurityContext(
                new CallerPrincipal(offered, ProtectedResourceMetadata.urlFor(options, address), request)
                        .within(before != null && before.isSecure()));
        if (address.isSelecting()) {
            request.setRequestUri(
                    request.getUriInfo().getBaseUriBuilder().path("mcp").build());
        }
    }

    private String challenge(McpAddress address) {
        String scopes = String.join(" ", protection.neededScopes(address.selection()));
        return "resource_metadata=\"" + ProtectedResourceMetadata.urlFor(options, address) + "\""
                + (scopes.isEmpty() ? "" : ", scope=\"" + scopes + "\"");
    }

    /** The verdict; a check that fails is none. */
    private TokenVerification verification(String token, @Nullable String userAgent) {
        try {
            return verifier.verify(token, userAgent);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=token_check_failed", e);
            return new TokenVerification.Unavailable();
        }
    }

    private static Optional<String> token(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = header.substring(SCHEME.length()).trim();
        return token.isEmpty() || token.length() > MAX_TOKEN_LENGTH ? Optional.of("") : Optional.of(token);
    }

    private static Response unauthorized(String challenge, String error, String description) {
        return Response.fromResponse(Answers.problem(Response.Status.UNAUTHORIZED, error, description))
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
