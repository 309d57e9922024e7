package io.github.moodlemcp.portal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that may be put before a person.
 *
 * @param client who asks
 * @param redirectUri one of the client's own addresses
 * @param codeChallenge an S256 challenge
 * @param state the client's, given back to it unchanged; null when it sent none
 * @param scope what it would get, separated by spaces
 */
public record ConsentRequest(
        Client client,
        URI redirectUri,
        String codeChallenge,
        @Nullable String state,
        String scope) {
    /** The request as parameters, from which it can be read again. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client.id());
        parameters.put("redirect_uri", redirectUri.toString());
        parameters.put("code_challenge", codeChallenge);
        parameters.put("code_challenge_method", "S256");
        parameters.put("scope", scope);
        parameters.put("resource", client.audience().resource().toString());
        if (state != null) {
            parameters.put("state", state);
        }
        return parameters;
    }

    /** The parameters as a query. */
    public String query() {
        return parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Whether our own extension asks, and no other program. */
    public boolean isFromExtension() {
        return client instanceof ExtensionClient;
    }

    /** Whether what it would get includes writing. */
    public boolean mayWrite() {
        return Set.of(scope.split(" ")).contains(Audience.WRITE);
    }

    /** The same request without writing. */
    public ConsentRequest readOnly() {
        return new ConsentRequest(client, redirectUri, codeChallenge, state, Audience.READ);
    }

    /** Whether the client's name mixes alphabets whose letters look alike. */
    public boolean nameMayDeceive() {
        return ClientNames.mixesAlphabets(client.name());
    }

    /** Whether the answer goes to a program on the person's own computer. */
    public boolean leadsToThisComputer() {
        return RedirectUris.isLoopback(redirectUri);
    }

    /** The origin of the redirect address; for the scheme of an app, its beginning. */
    public String redirectOrigin() {
        return redirectUri.getRawAuthority() == null
                ? redirectUri.getScheme() + ":"
                : redirectUri.getScheme() + "://" + redirectUri.getRawAuthority();
    }
}
