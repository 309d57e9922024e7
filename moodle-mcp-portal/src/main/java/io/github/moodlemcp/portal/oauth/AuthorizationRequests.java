package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads authorization requests (RFC 6749 4.1.1, with PKCE and resource indicators). Safe for use by many threads. */
public final class AuthorizationRequests {
    private static final int MAX_STATE_LENGTH = 1024;
    private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Clients clients;
    private final Issuer issuer;

    public AuthorizationRequests(Clients clients, URI issuer) {
        this.clients = clients;
        this.issuer = new Issuer(issuer);
    }

    /** Whether the check may mean to ask the host that publishes who the client is. */
    public boolean needsDocument(Map<String, List<String>> parameters) {
        return Clients.needsDocument(only(parameters, "client_id"));
    }

    /**
     * Checks the client and its address first, because nothing may be sent to any other.
     *
     * @param caller the network address that the request came from
     */
    public AuthorizationCheck check(Map<String, List<String>> parameters, String caller) {
        Optional<Client> client = clients.asking(only(parameters, "client_id"), caller);
        String asked = only(parameters, "redirect_uri");
        Optional<URI> redirectUri = client.flatMap(known -> known.redirectUri(asked));
        return client.isEmpty() || redirectUri.isEmpty()
                ? new AuthorizationCheck.Untrusted()
                : checkTrusted(client.get(), redirectUri.get(), parameters);
    }

    /** The address that tells the client that the person said no. */
    public URI denied(ConsentRequest request) {
        return errorRedirect(request.redirectUri(), request.state(), OAuth2Error.ACCESS_DENIED);
    }

    private AuthorizationCheck checkTrusted(Client client, URI redirectUri, Map<String, List<String>> parameters) {
        String state = only(parameters, "state");
        if (parameters.values().stream().anyMatch(values -> values.size() > 1)) {
            return new AuthorizationCheck.Faulty(errorRedirect(redirectUri, state, OAuth2Error.INVALID_REQUEST));
        }
        try {
            AuthorizationRequest request = AuthorizationRequest.parse(parameters);
            Optional<ErrorObject> fault = faultOf(request, client);
            Optional<String> scope = client.audience().scopeFor(request.getScope());
            if (fault.isPresent() || scope.isEmpty()) {
                return new AuthorizationCheck.Faulty(
                        errorRedirect(redirectUri, state, fault.orElse(OAuth2Error.INVALID_SCOPE)));
            }
            return new AuthorizationCheck.Good(new ConsentRequest(
                    client, redirectUri, request.getCodeChallenge().getValue(), state, scope.get()));
        } catch (ParseException e) {
            ErrorObject error = e.getErrorObject() == null ? OAuth2Error.INVALID_REQUEST : e.getErrorObject();
            return new AuthorizationCheck.Faulty(errorRedirect(redirectUri, state, error));
        }
    }

    private static Optional<ErrorObject> faultOf(AuthorizationRequest request, Client client) {
        if (!ResponseType.CODE.equals(request.getResponseType())) {
            return Optional.of(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE);
        }
        if (!hasS256Challenge(request) || !wantsQuery(request) || hasLongState(request)) {
            return Optional.of(OAuth2Error.INVALID_REQUEST);
        }
        if (!client.audience().isNamedBy(request.getResources())) {
            return Optional.of(OAuth2Error.INVALID_TARGET);
        }
        return Optional.empty();
    }

    private static boolean hasS256Challenge(AuthorizationRequest request) {
        return CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
                && request.getCodeChallenge() != null
                && S256_CHALLENGE.matcher(request.getCodeChallenge().getValue()).matches();
    }

    private static boolean wantsQuery(AuthorizationRequest request) {
        return request.getResponseMode() == null || ResponseMode.QUERY.equals(request.getResponseMode());
    }

    private static boolean hasLongState(AuthorizationRequest request) {
        return request.getState() != null && request.getState().getValue().length() > MAX_STATE_LENGTH;
    }

    /** Only the error's code travels: its description could hold text of the request. */
    private URI errorRedirect(URI redirectUri, @Nullable String state, ErrorObject error) {
        return new AuthorizationErrorResponse(
                        redirectUri, new ErrorObject(error.getCode()), stateOf(state), issuer, ResponseMode.QUERY)
                .toURI();
    }

    static @Nullable State stateOf(@Nullable String state) {
        return state == null || state.isBlank() || state.length() > MAX_STATE_LENGTH ? null : new State(state);
    }

    /** The parameter's value if it was sent exactly once. */
    private static @Nullable String only(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : null;
    }
}
