package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.oauth.ExtensionClientSamples;
import io.github.moodlemcp.portal.oauth.RegisterResource;
import io.github.moodlemcp.portal.oauth.RevokeResource;
import io.github.moodlemcp.portal.oauth.TokenResource;
import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every form of the portal, found by looking at its resources, so that a new one cannot be forgotten here. */
@TestInstance(Lifecycle.PER_CLASS)
class FormsTest {
    /** Take no cookies, so that no page can misuse a person's session there. */
    private static final Set<Class<?>> FOR_PROGRAMS =
            Set.of(TokenResource.class, RevokeResource.class, RegisterResource.class);

    private final PortalServer server = PortalServer.start();
    private String mine = "";
    private String others = "";
    private Visitor me = new Visitor(server.base());
    private Visitor other = new Visitor(server.base());

    @BeforeEach
    void signIn() {
        mine = UUID.randomUUID() + "@example.org";
        others = UUID.randomUUID() + "@example.org";
        me = new Visitor(server.base());
        other = new Visitor(server.base());
        me.signIn(server, mine);
        other.signIn(server, others);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theFormsOfThisTestAreAllThereAre() {
        assertThat(forms())
                .containsExactlyInAnyOrder(
                        "/sign-out",
                        "/keys",
                        "/keys/{id}/revoke",
                        "/account/link",
                        "/account/unlink",
                        "/account/sessions/end",
                        "/account/sessions/end-others",
                        "/account/data/erase",
                        "/keys/{id}/rotate",
                        "/authorize",
                        "/browsers/default",
                        "/browsers/forget",
                        "/apps/{id}/disconnect");
    }

    @Test
    void eachFormWorksWhenItComesFromItsPage() {
        String token = me.formToken();

        assertThat(me.post("/keys", form(token, "name", "Laptop")).statusCode()).isEqualTo(303);
        assertThat(names(mine)).containsExactly("My first key", "Laptop");
        assertThat(me.post(revoke(mine), form(token)).statusCode()).isEqualTo(303);
        assertThat(names(mine)).containsExactly("Laptop");
        assertThat(me.post("/authorize", authorization(token)).statusCode()).isEqualTo(303);
        connect(mine, "b-1");
        assertThat(me.post("/browsers/default", form(token, "browser", "b-1")).statusCode())
                .isEqualTo(303);
        assertThat(browsers(mine)).extracting(PairedBrowser::isDefault).containsExactly(true);
        assertThat(me.post("/browsers/default", form(token)).statusCode()).isEqualTo(303);
        assertThat(browsers(mine)).extracting(PairedBrowser::isDefault).containsExactly(false);
        assertThat(me.post("/browsers/forget", form(token, "browser", "b-1")).statusCode())
                .isEqualTo(303);
        assertThat(browsers(mine)).isEmpty();
        assertThat(me.post("/sign-out", form(token)).statusCode()).isEqualTo(303);
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void noFormIsTakenWithoutOrWithAnotherSessionsToken() {
        List<Map<String, String>> wrong =
                List.of(Map.of(), Map.of("form_token", ""), form(other.formToken()), form(me.formToken() + "x"));
        for (String path : paths()) {
            for (Map<String, String> form : wrong) {
                refuses(path, form, me.formHeaders());
            }
        }
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void noFormIsTakenFromAnotherSite() {
        String token = me.formToken();
        List<Map<String, String>> wrong = List.of(
                Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "same-origin"),
                Map.of("Origin", "null"),
                Map.of("Origin", server.base().toString(), "Sec-Fetch-Site", "cross-site"),
                Map.of("Origin", server.base().toString(), "Sec-Fetch-Site", "same-site"),
                Map.of("Origin", server.base() + ".evil.example"),
                Map.of("Origin", "http://127.0.0.1:" + server.base().getPort()),
                Map.of("Sec-Fetch-Site", "none"),
                Map.of());
        for (String path : paths()) {
            for (Map<String, String> headers : wrong) {
                refuses(path, authorization(token), headers);
            }
        }
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void noFormIsTakenFromAVisitor() {
        Visitor visitor = new Visitor(server.base());
        for (String path : paths()) {
            HttpResponse<String> answer = visitor.post(path, authorization(me.formToken()));
            assertThat(answer.statusCode()).as(path).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/sign-in?return=");
        }
        assertThat(names(mine)).containsExactly("My first key");
    }

    @Test
    void aKeyAllowsWhatItsFormSays() {
        String token = me.formToken();
        me.post("/keys", form(token, "name", "all", "write", "yes", "toolset", "teacher-write"));
        me.post("/keys", form(token, "name", "held back", "write", "yes", "read_only", "yes", "toolset", "nonsense"));

        assertThat(keys(mine))
                .extracting(ApiKey::rights)
                .containsExactly(
                        KeyRights.STANDARD,
                        new KeyRights(Set.of("moodle:read", "moodle:write"), Set.of("teacher-write"), false),
                        new KeyRights(Set.of("moodle:read", "moodle:write"), Set.of("student"), true));
        assertThat(me.get("/dashboard").body())
                .contains("Only reads · tools: what students read", "Reads and writes · tools: what teachers do");
    }

    @Test
    void aRenewedKeyIsShownOnceAndTheOldOneEnds() {
        HttpResponse<String> shown =
                me.follow(me.post("/keys", form(me.formToken(), "name", "Laptop", "lifetime", "30")));
        String old = secretIn(shown);
        ApiKey before = keys(mine).get(1);
        assertThat(before.expires()).isEqualTo(before.created().plus(Duration.ofDays(30)));

        String renewed = secretIn(me.follow(me.post("/keys/" + before.id() + "/rotate", form(me.formToken()))));

        assertThat(renewed).isNotEqualTo(old);
        assertThat(server.portal().apiKeys().verify(old)).isEmpty();
        assertThat(server.portal().apiKeys().verify(renewed, "cursor/1.0 (test)"))
                .isPresent();
        ApiKey after = keys(mine).get(1);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.expires()).isEqualTo(before.expires());
        assertThat(me.get("/dashboard").body()).contains("by cursor/1.0 (test)", "ends <time", after.prefix());
    }

    private static String secretIn(HttpResponse<String> page) {
        Matcher secret = Pattern.compile("mmcp_[0-9A-Za-z]{49}").matcher(page.body());
        assertThat(secret.find()).isTrue();
        return secret.group();
    }

    @Test
    void nobodyRevokesOrRenewsTheKeyOfAnother() {
        for (String path : List.of(
                revoke(others),
                revoke(others).replace("revoke", "rotate"),
                "/keys/" + UUID.randomUUID() + "/revoke",
                "/keys/" + UUID.randomUUID() + "/rotate",
                "/keys/x/revoke",
                "/keys/x/rotate",
                "/apps/" + UUID.randomUUID() + "/disconnect",
                "/apps/x/disconnect")) {
            assertThat(me.post(path, form(me.formToken())).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(names(others)).containsExactly("My first key");
    }

    @Test
    void nobodyTouchesTheBrowsersOfAnother() {
        connect(others, "b-theirs");
        for (String path : List.of("/browsers/default", "/browsers/forget")) {
            String foreign =
                    me.post(path, form(me.formToken(), "browser", "b-theirs")).body();
            HttpResponse<String> unknown = me.post(path, form(me.formToken(), "browser", "b-nobodys"));
            assertThat(unknown.statusCode()).as(path).isEqualTo(404);
            assertThat(foreign).isEqualTo(unknown.body());
        }
        assertThat(me.post("/browsers/forget", form(me.formToken())).statusCode())
                .isEqualTo(404);
        assertThat(browsers(others)).extracting(PairedBrowser::isDefault).containsExactly(false);
    }

    @Test
    void nobodySeesTheKeysOrBrowsersOfAnother() {
        String prefix = keys(others).getFirst().prefix();
        connect(others, "b-theirs");

        assertThat(other.get("/dashboard").body()).contains(prefix, "Their browser");
        assertThat(me.get("/dashboard").body()).doesNotContain(prefix, "Their browser");
        assertThat(me.get("/dashboard/state").body()).doesNotContain("Their browser");
    }

    @Test
    void aPersonSeesTheirSessionsAndEndsThem() {
        Visitor laptop = new Visitor(server.base());
        laptop.signIn(server, mine);
        Visitor phone = new Visitor(server.base());
        phone.signIn(server, mine);
        Matcher sessions = Pattern.compile("name=\"session\" value=\"([0-9a-f]{64})\"")
                .matcher(me.get("/account").body());
        assertThat(sessions.results().count()).isEqualTo(2);
        sessions.reset();
        assertThat(sessions.find()).isTrue();

        String newest = sessions.group(1);
        assertThat(other.post("/account/sessions/end", form(other.formToken(), "session", newest))
                        .statusCode())
                .isEqualTo(404);
        assertThat(phone.get("/account").statusCode()).isEqualTo(200);
        assertThat(me.post("/account/sessions/end", form(me.formToken(), "session", newest))
                        .statusCode())
                .isEqualTo(303);
        assertThat(phone.get("/account").statusCode()).isEqualTo(303);
        assertThat(laptop.get("/account").statusCode()).isEqualTo(200);

        me.post("/account/sessions/end-others", form(me.formToken()));
        assertThat(laptop.get("/account").statusCode()).isEqualTo(303);
        assertThat(me.get("/account").body()).contains("This browser").doesNotContain("name=\"session\"");
        assertThat(other.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void anAccountIsErasedOnlyForWhoWritesItsAddress() {
        for (String written : List.of("", others, mine + "x")) {
            assertThat(me.follow(me.post("/account/data/erase", form(me.formToken(), "email", written)))
                            .body())
                    .contains("Nothing was erased");
        }
        assertThat(server.data().all()).isEmpty();

        HttpResponse<String> answer = me.post(
                "/account/data/erase", form(me.formToken(), "email", " " + mine.toUpperCase(Locale.ROOT) + " "));

        assertThat(answer.body()).contains("Your account is erased");
        assertThat(server.data().all()).containsExactly(server.account(mine));
        assertThat(me.get("/account").statusCode()).isEqualTo(303);
    }

    @Test
    void theDataOfAPersonIsAFile() {
        HttpResponse<String> answer = me.get("/account/data");

        assertThat(answer.body()).contains(server.account(mine).toString());
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"moodle-mcp-account.json\"");
        assertThat(new Visitor(server.base()).get("/account/data").statusCode()).isEqualTo(303);
    }

    @Test
    void theSixthKeyIsRefusedWithAReason() {
        String token = me.formToken();
        for (int i = 0; i < 4; i++) {
            me.post("/keys", form(token, "name", "key " + i));
        }

        HttpResponse<String> answer = me.post("/keys", form(token, "name", "one more"));

        assertThat(names(mine)).hasSize(5).doesNotContain("one more");
        assertThat(me.follow(answer).body()).contains("You have as many keys as you can have");
    }

    @Test
    void aNewKeyIsShownOnceAndOnlyItsBeginningAfterwards() {
        HttpResponse<String> shown = me.follow(me.post("/keys", form(me.formToken(), "name", "<i>Laptop</i>")));

        assertThat(shown.body()).contains("&lt;i&gt;Laptop&lt;/i&gt;").containsPattern("mmcp_[0-9A-Za-z]{49}");
        assertThat(me.get("/dashboard").body())
                .contains("&lt;i&gt;Laptop&lt;/i&gt;")
                .doesNotContainPattern("mmcp_[0-9A-Za-z]{49}");
    }

    @Test
    void aHugeFormIsRefused() {
        HttpResponse<String> answer = me.post("/keys", form(me.formToken(), "name", "x".repeat(70_000)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(names(mine)).containsExactly("My first key");
    }

    private void refuses(String path, Map<String, String> form, Map<String, String> headers) {
        HttpResponse<String> answer = me.post(path, form, headers);
        assertThat(answer.statusCode()).as("%s %s %s", path, form, headers).isEqualTo(403);
        assertThat(answer.body()).contains("othing was changed");
        assertThat(names(mine)).containsExactly("My first key");
        assertThat(me.get("/dashboard").statusCode()).isEqualTo(200);
    }

    private List<String> paths() {
        return forms().stream()
                .map(path -> path.replace("{id}", keys(mine).getFirst().id().toString()))
                .toList();
    }

    private List<String> forms() {
        List<String> paths = new ArrayList<>();
        for (Object component : server.portal().restComponents()) {
            Path path = component.getClass().getAnnotation(Path.class);
            for (Method method : component.getClass().getMethods()) {
                if (method.isAnnotationPresent(POST.class) && !FOR_PROGRAMS.contains(component.getClass())) {
                    Path below = method.getAnnotation(Path.class);
                    paths.add(path.value() + (below == null ? "" : "/" + below.value()));
                }
            }
        }
        return paths;
    }

    private String revoke(String email) {
        return "/keys/" + keys(email).getFirst().id() + "/revoke";
    }

    private List<String> names(String email) {
        return keys(email).stream().map(ApiKey::name).toList();
    }

    private List<ApiKey> keys(String email) {
        return server.portal().apiKeys().list(server.account(email));
    }

    private void connect(String email, String browser) {
        PairedBrowser.Presence presence = new PairedBrowser.Connected(Instant.now(), Instant.now(), List.of());
        server.put(server.account(email), new PairedBrowser(browser, "Their browser", "0.1.0", false, false, presence));
    }

    private List<PairedBrowser> browsers(String email) {
        return server.stores().browsers().browsers(server.account(email));
    }

    private static Map<String, String> form(String token, String... fields) {
        Map<String, String> form = new HashMap<>(Map.of("form_token", token));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    private static Map<String, String> authorization(String token) {
        Map<String, String> form = form(token, "decision", "allow");
        form.putAll(ExtensionClientSamples.parameters("s"));
        return form;
    }
}
