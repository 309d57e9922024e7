package io.github.moodlemcp.portal;

import static io.github.moodlemcp.portal.oauth.ExtensionClientSamples.CHALLENGE;
import static io.github.moodlemcp.portal.oauth.ExtensionClientSamples.VERIFIER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The way of an app that nobody announced: it registers, a person allows it, it gets its tokens. */
final class AppFlow {
    static final String CALLBACK = "http://127.0.0.1:4711/callback";
    private static final Pattern BACK = Pattern.compile("id=\"back\" href=\"([^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final PortalServer server;
    private final Visitor person;
    private final Visitor app;
    private final String clientId;

    AppFlow(PortalServer server, Visitor person) {
        this(
                server,
                person,
                register(
                                new Visitor(server.base()),
                                "{\"client_name\":\"Any App\",\"redirect_uris\":[\"http://127.0.0.1/callback\","
                                        + "\"https://app.example/cb\"]}")
                        .get("client_id")
                        .asText());
    }

    /** An app that has this id already. */
    AppFlow(PortalServer server, Visitor person, String clientId) {
        this.server = server;
        this.person = person;
        this.app = new Visitor(server.base());
        this.clientId = clientId;
    }

    static JsonNode register(Visitor app, String metadata) {
        return ExtensionFlow.json(app.postJson("/register", metadata), 201);
    }

    String clientId() {
        return clientId;
    }

    /** An authorization request for reading, to be changed by the test. */
    Map<String, String> request() {
        return new LinkedHashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                clientId,
                "redirect_uri",
                CALLBACK,
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256",
                "scope",
                "moodle:read offline_access",
                "resource",
                server.base() + "/mcp",
                "state",
                "a state"));
    }

    HttpResponse<String> ask(Map<String, String> request) {
        return person.get("/authorize?" + Visitor.encoded(request));
    }

    /** What the app gets back after the person pressed a button of the consent page. */
    Map<String, String> decide(Map<String, String> request, String decision, String... further) {
        HttpResponse<String> question = ask(request);
        assertThat(question.statusCode()).isEqualTo(200);
        Map<String, String> form = fields(question.body());
        form.put("decision", decision);
        for (int i = 0; i < further.length; i += 2) {
            form.put(further[i], further[i + 1]);
        }
        HttpResponse<String> answer = person.post("/authorize", form);
        assertThat(answer.statusCode()).isEqualTo(200);
        Matcher back = BACK.matcher(answer.body());
        assertThat(back.find()).isTrue();
        String address = unescaped(back.group(1));
        assertThat(answer.headers().firstValue("Refresh")).contains("0; url=" + address);
        assertThat(address).startsWith(request.get("redirect_uri") + "?");
        return parameters(address);
    }

    /** A form that redeems a new code, to be changed by the test. */
    Map<String, String> redemption(Map<String, String> request, String... further) {
        return new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                decide(request, "allow", further).get("code"),
                "code_verifier",
                VERIFIER,
                "client_id",
                clientId,
                "redirect_uri",
                request.get("redirect_uri"),
                "resource",
                server.base() + "/mcp"));
    }

    JsonNode tokens() {
        return ExtensionFlow.json(token(redemption(request())), 200);
    }

    HttpResponse<String> token(Map<String, String> form) {
        return app.post("/token", form, Map.of());
    }

    Map<String, String> refresh(JsonNode tokens) {
        return new HashMap<>(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.get("refresh_token").asText(),
                "client_id",
                clientId));
    }

    static Map<String, String> fields(String html) {
        return FIELD.matcher(html.substring(html.indexOf("action=\"/authorize\"")))
                .results()
                .collect(Collectors.toMap(
                        field -> field.group(1), field -> unescaped(field.group(2)), (a, b) -> a, HashMap::new));
    }

    static Map<String, String> parameters(String address) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : address.substring(address.indexOf('?') + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return parameters;
    }

    private static String unescaped(String html) {
        return html.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    }
}
