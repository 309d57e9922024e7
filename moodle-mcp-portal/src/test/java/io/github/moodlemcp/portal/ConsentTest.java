package io.github.moodlemcp.portal;

import static io.github.moodlemcp.portal.oauth.ExtensionClientSamples.REDIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.oauth.ExtensionClientSamples;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a person is asked, and what the extension hears of it. */
class ConsentTest {
    private final PortalServer server = PortalServer.start();
    private final Visitor me = new Visitor(server.base());
    private final ExtensionFlow flow = new ExtensionFlow(server, me);

    @BeforeEach
    void signIn() {
        me.signIn(server, "me@example.org");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aVisitorSignsInFirstAndComesBack() {
        server.portal().apiKeys().create(server.account("late@example.org"), "a");
        Visitor late = new Visitor(server.base());
        String question = "/authorize?" + ExtensionClientSamples.query("s p/a&c=e");

        HttpResponse<String> page = late.follow(late.get(question));
        assertThat(page.body()).contains("Your extension wants to connect");
        URI link = server.portal().oneTimeLinks().create(server.account("late@example.org"));
        String back = page.request().uri().getRawQuery();
        HttpResponse<String> asked = late.follow(late.get(Visitor.path(link) + "&" + back));

        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body())
                .contains("Connect this browser?", "late@example.org", "value=\"s p/a&amp;c=e\"")
                .contains("id=\"allow\"", "id=\"deny\"");
    }

    @Test
    void whoIsNewSeesTheKeyFirstAndThenGoesOnConnecting() {
        Visitor newcomer = new Visitor(server.base());
        URI link = server.portal().oneTimeLinks().create(server.account("new@example.org"));
        String path = "/authorize?" + ExtensionClientSamples.query("s");

        HttpResponse<String> welcome =
                newcomer.follow(newcomer.get(Visitor.path(link) + "&" + Visitor.encoded(Map.of("return", path))));

        assertThat(welcome.body()).contains("Continue connecting", path.replace("&", "&amp;"));
    }

    @Test
    void onlyThisPagesFormMayLeadToTheExtensionsAddress() {
        String policy = me.get("/authorize?" + ExtensionClientSamples.query("s"))
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();

        assertThat(policy)
                .contains("form-action 'self' https://hmbhfmhalpcgecgadelbgdnlakjnbdag.chromiumapp.org;")
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'");
        assertThat(me.get("/dashboard")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .contains("form-action 'self';");
    }

    @Test
    void allowingGivesACodeAndDenyingGivesNone() {
        Map<String, String> allowed = flow.decide("allow", "s p/a&c=e");
        assertThat(allowed).containsOnlyKeys("code", "state", "iss");
        assertThat(allowed)
                .containsEntry("state", "s p/a&c=e")
                .containsEntry("iss", server.base().toString());

        assertThat(flow.decide("deny", "s"))
                .containsOnlyKeys("error", "state", "iss")
                .containsEntry("error", "access_denied");
        assertThat(flow.decide("", "s")).containsEntry("error", "access_denied");
    }

    @Test
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void anUnknownAddressGetsAnErrorPageAndNothingElse() {
        String evil = ExtensionClientSamples.query("s").replace("hmbhfmhalpcgecgadelbgdnlakjnbdag", "evil");
        Map<String, String> form = new HashMap<>(ExtensionClientSamples.parameters("s"));
        form.putAll(Map.of("redirect_uri", "https://evil.example/", "decision", "allow"));
        form.put("form_token", me.formToken());

        for (HttpResponse<String> answer : List.of(
                me.get("/authorize?" + evil),
                new Visitor(server.base()).get("/authorize?" + evil),
                me.get("/authorize"),
                me.post("/authorize", form))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(answer.body()).contains("We do not know who is asking").doesNotContain("evil");
        }
    }

    @Test
    void aFaultGoesBackToTheExtensionWithoutAskingAnybody() {
        HttpResponse<String> answer = new Visitor(server.base())
                .get("/authorize?" + ExtensionClientSamples.query("s").replace("S256", "plain"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith(REDIRECT + "?")
                .contains("error=invalid_request", "state=s", "iss=");
    }
}
