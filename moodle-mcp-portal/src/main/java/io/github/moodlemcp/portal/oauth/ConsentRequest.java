package io.github.moodlemcp.portal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that may be put before a person.
 *
 * @param redirectUri one of the client's own addresses
 * @param codeChallenge an S256 challenge
 * @param state the client's, given back to it unchanged; null when it sent none
 */
public record ConsentRequest(
        URI redirectUri, String codeChallenge, @Nullable String state) {
    /** The request as parameters, from which it can be read again. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", ExtensionClient.ID);
        parameters.put("redirect_uri", redirectUri.toString());
        parameters.put("code_challenge", codeChallenge);
        parameters.put("code_challenge_method", "S256");
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

    /** The origin of the redirect address. */
    public String redirectOrigin() {
        return redirectUri.getScheme() + "://" + redirectUri.getRawAuthority();
    }
}
