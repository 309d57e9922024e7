package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An app without a key finds the authorization server, is allowed by a person and calls the endpoint. */
class AppLoginTest extends ServiceScenario {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private static final Pattern DISCONNECT = Pattern.compile("action=\"(/apps/[^\"]+/disconnect)\"");

    @Test
    void theChallengeLeadsToTheAuthorizationServer() throws IOException {
        String challenge = service.client("").post(LIST, Map.of()).header("www-authenticate");
        String metadata =
                challenge.substring(challenge.indexOf('"') + 1, challenge.indexOf('"', challenge.indexOf('"') + 1));

        JsonNode resource = read(metadata);
        String issuer = resource.get("authorization_servers").get(0).asText();
        JsonNode server = read(issuer + "/.well-known/oauth-authorization-server");

        assertThat(resource.get("resource").asText()).isEqualTo(service.base() + "/mcp");
        assertThat(issuer).isEqualTo(service.base().toString());
        assertThat(server.get("issuer").asText()).isEqualTo(issuer);
        assertThat(read(issuer + "/.well-known/oauth-protected-resource")).isEqualTo(resource);
    }

    @Test
    void aConnectedAppCallsTheEndpointUntilItsGrantEnds() {
        AppVisit app = anna.connectApp("moodle:read");

        Answer good = service.client(app.accessToken()).post(LIST, Map.of());
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body().toString()).contains("list_courses");

        anna.revokeAllGrants();
        Answer ended = service.client(app.accessToken()).post(LIST, Map.of());
        Answer nonsense = service.client("nonsense").post(LIST, Map.of());
        assertThat(ended).isEqualTo(nonsense);
        assertThat(ended.header("www-authenticate")).startsWith("Bearer error=\"invalid_token\"");
    }

    @Test
    void anAppThatIsGivenUpGetsNoAnswerToItsNextRequest() {
        AppVisit givenBack = anna.connectApp("moodle:read");
        AppVisit kept = anna.connectApp("moodle:read");

        assertThat(givenBack.revoke(givenBack.refreshToken())).isEqualTo(200);

        assertThat(service.client(givenBack.accessToken()).post(LIST, Map.of()).status())
                .isEqualTo(401);
        assertThat(service.client(kept.accessToken()).post(LIST, Map.of()).status())
                .isEqualTo(200);
        PortalVisit portal = anna.portal();
        Matcher form = DISCONNECT.matcher(portal.get("/dashboard"));
        assertThat(form.find()).isTrue();
        assertThat(portal.post(form.group(1))).isBetween(200, 303);
        assertThat(service.client(kept.accessToken()).post(LIST, Map.of()).status())
                .isEqualTo(401);
    }

    @Test
    void tokensOfOtherPurposesOpenNothing() {
        AppVisit app = anna.connectApp("moodle:read");

        for (String token : new String[] {anna.bridgeToken(), app.refreshToken(), app.accessToken() + "x"}) {
            assertThat(service.client(token).post(LIST, Map.of()).status()).isEqualTo(401);
        }
        assertThat(service.client(app.accessToken()).post(LIST, Map.of()).status())
                .isEqualTo(200);
    }

    private static JsonNode read(String address) throws IOException {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return new ObjectMapper().readTree(in);
        }
    }
}
