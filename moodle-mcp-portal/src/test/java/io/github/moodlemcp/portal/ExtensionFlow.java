package io.github.moodlemcp.portal;

import static io.github.moodlemcp.portal.oauth.ExtensionClientSamples.REDIRECT;
import static io.github.moodlemcp.portal.oauth.ExtensionClientSamples.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.portal.oauth.ExtensionClientSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The way of the extension from a person's consent to its tokens. */
final class ExtensionFlow {
    private final Visitor person;
    private final Visitor extension;

    ExtensionFlow(PortalServer server, Visitor person) {
        this.person = person;
        this.extension = new Visitor(server.base());
    }

    /** What the extension gets back after the person pressed a button. */
    Map<String, String> decide(String decision, String state) {
        Map<String, String> form = new HashMap<>(ExtensionClientSamples.parameters(state));
        form.put("decision", decision);
        form.put("form_token", person.formToken());
        HttpResponse<String> answer = person.post("/authorize", form);
        assertThat(answer.statusCode()).isEqualTo(303);
        URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(location.toString()).startsWith(REDIRECT + "?");
        return parameters(location);
    }

    /** A form that redeems a new code, to be changed by the test. */
    Map<String, String> redemption() {
        return new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                decide("allow", "s").get("code"),
                "code_verifier",
                VERIFIER,
                "client_id",
                "moodle-mcp-extension",
                "redirect_uri",
                REDIRECT.toString()));
    }

    JsonNode tokens() {
        return json(send(redemption()), 200);
    }

    HttpResponse<String> refresh(JsonNode tokens) {
        return refresh(tokens.get("refresh_token").asText());
    }

    HttpResponse<String> refresh(String token) {
        return send(Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", "moodle-mcp-extension"));
    }

    HttpResponse<String> send(Map<String, String> form) {
        return extension.post("/token", form, Map.of());
    }

    static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String error(HttpResponse<String> answer) {
        return json(answer, 400).get("error").asText();
    }

    private static Map<String, String> parameters(URI location) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : location.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
