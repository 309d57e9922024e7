package io.github.moodlemcp.distribution.service;

import static io.github.moodlemcp.distribution.service.Access.form;
import static io.github.moodlemcp.distribution.service.Access.fragment;
import static io.github.moodlemcp.distribution.service.Access.mcp;
import static io.github.moodlemcp.distribution.service.Access.open;
import static io.github.moodlemcp.distribution.service.Access.page;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.distribution.database.AccountRows;
import io.github.moodlemcp.distribution.service.Access.Name;
import io.github.moodlemcp.distribution.service.Access.Thing;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of the running service × nobody, another person, a credential for something else, one that was revoked and
 * one that has expired: none of them sees or changes what belongs to its owner, and what is another's is answered as what
 * does not exist.
 */
class OwnershipMatrixTest extends ServiceScenario {
    private static final String AUTHORIZE = "/authorize?response_type=code&client_id=moodle-mcp-extension&scope=bridge"
            + "&state=s&code_challenge_method=S256&code_challenge=" + "c".repeat(43)
            + "&redirect_uri=https%3A%2F%2F" + RunningService.EXTENSION_ID + ".chromiumapp.org%2F&resource=WEB_SOCKET";

    private static final Map<String, Access> TABLE = Map.ofEntries(
            entry("GET /", open()),
            entry("GET /health", open()),
            entry("GET /assets/{name}", open("/assets/logo.svg")),
            entry("GET /downloads/{name}", open("/downloads/moodle-mcp-chromium.zip")),
            entry("GET /extension", open()),
            entry("GET /sign-in", open()),
            entry("HEAD /sign-in", open()),
            entry("GET /sign-in/{provider}", open("/sign-in/google")),
            entry("HEAD /sign-in/{provider}", open("/sign-in/google")),
            entry("GET /sign-in/{provider}/callback", open("/sign-in/google/callback?state=12345678&code=c")),
            entry("HEAD /sign-in/{provider}/callback", open("/sign-in/google/callback")),
            entry("GET /.well-known/oauth-protected-resource", open()),
            entry("GET /.well-known/oauth-protected-resource/mcp", open()),
            entry(
                    "GET /.well-known/oauth-protected-resource/mcp/{selection: .+}",
                    open("/.well-known/oauth-protected-resource/mcp/x/student")),
            entry("OPTIONS /.well-known/oauth-protected-resource", open()),
            entry("OPTIONS /.well-known/oauth-protected-resource/mcp", open()),
            entry(
                    "OPTIONS /.well-known/oauth-protected-resource/mcp/{selection: .+}",
                    open("/.well-known/oauth-protected-resource/mcp/x/student")),
            entry("GET /.well-known/oauth-authorization-server", open()),
            entry("OPTIONS /.well-known/oauth-authorization-server", open()),
            entry("POST /token", open()),
            entry("OPTIONS /token", open()),
            entry("POST /revoke", open()),
            entry("OPTIONS /revoke", open()),
            entry("POST /register", open()),
            entry("OPTIONS /register", open()),
            entry("GET /dashboard", page()),
            entry("GET /dashboard/state", fragment()),
            entry("GET /welcome", page()),
            entry("GET /account", page()),
            entry("GET /authorize", page(AUTHORIZE)),
            entry("POST /authorize", form()),
            entry("POST /sign-out", form()),
            entry("POST /keys", form()),
            entry("POST /keys/{id}/revoke", form("{id}", Thing.KEY)),
            entry("POST /keys/{id}/rotate", form("{id}", Thing.KEY)),
            entry("POST /browsers/default", form("browser", Thing.BROWSER)),
            entry("POST /browsers/forget", form("browser", Thing.BROWSER)),
            entry("POST /apps/{id}/disconnect", form("{id}", Thing.APP)),
            entry("POST /account/link", form()),
            entry("POST /account/unlink", form("identity", Thing.IDENTITY)),
            entry("POST /account/sessions/end", form("session", Thing.WEB_SESSION)),
            entry("POST /account/sessions/end-others", form()),
            entry("GET /account/data", page()),
            entry("POST /account/data/erase", form()),
            entry("GET /mcp", mcp()),
            entry("POST /mcp", mcp()),
            entry("DELETE /mcp", mcp()),
            entry("HEAD /mcp", mcp()),
            entry("GET /mcp/sse", mcp()),
            entry("HEAD /mcp/sse", mcp()),
            entry("POST /mcp/messages", mcp()));

    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_courses\"}}";

    private Belongings annas;
    private Belongings nobodys;
    private Stranger signedIn;
    private String formToken;

    static Stream<String> routes() {
        return service.routes().stream().filter(TABLE::containsKey);
    }

    @BeforeEach
    void fill() throws SQLException {
        annas = Belongings.of(dataSource, anna);
        nobodys = Belongings.ofNobody();
        signedIn = Stranger.signedIn(service.base(), ben.signInLink());
        formToken = signedIn.formToken();
    }

    @Test
    void everyRouteHasAnEntry() {
        Set<String> without = new TreeSet<>(service.routes());
        without.removeAll(TABLE.keySet());
        Set<String> gone = new TreeSet<>(TABLE.keySet());
        gone.removeAll(service.routes());

        assertThat(without)
                .as("routes that nobody thought about: whom is each for? Add to OwnershipMatrixTest.TABLE, for each,"
                        + " entry(\"METHOD /path\", …) with open() if nothing in it belongs to anybody (open(\"/a/path\") when"
                        + " the route has a parameter), page() or fragment() for what a signed-in person sees, form() for"
                        + " what they send, form(\"field\", Thing.X) when a field (or \"{parameter}\" of the path) names"
                        + " something of theirs (a new kind of thing goes into Belongings), mcp() for what takes a key")
                .isEmpty();
        assertThat(gone).as("entries whose route does not exist any more").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void belongsToItsOwnerAlone(String route) throws SQLException {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(method.length() + 1);
        Access access = TABLE.get(route);
        List<Stranger> dead = dead();
        Belongings.McpCredentials credentials = access instanceof Access.Mcp ? annas.forMcp() : null;
        Map<String, List<String>> before = rows();
        switch (access) {
            case Access.Open(var example) -> checkOpen(method, example.isEmpty() ? path : example, dead);
            case Access.Page(var example, var whenNot) -> checkPage(example.isEmpty() ? path : example, whenNot, dead);
            case Access.Form(var names) -> checkForm(path, names, dead);
            case Access.Mcp() -> checkMcp(method, path, credentials);
        }
        assertThat(rows()).as("what is Anna's").isEqualTo(before);
    }

    /** The WebSocket is no REST route, and so not in the table: nobody, a credential for something else, a revoked one. */
    @Test
    void theSocketTakesNobodyButExtensionsThatArePaired() throws SQLException {
        String revoked = anna.bridgeToken();
        anna.revokeAllGrants();
        AppVisit app = anna.connectApp("moodle:read moodle:write");
        String session = Stranger.signedIn(service.base(), anna.signInLink()).header("Cookie");

        for (String token : List.of(
                "",
                "nonsense",
                anna.newKey().secret(),
                app.accessToken(),
                app.refreshToken(),
                session.substring(session.indexOf('=') + 1),
                revoked)) {
            assertThat(socket(token, Script.silent()).closeCode()).as(token).isEqualTo(4401);
        }
        assertThat(Stranger.at(service.base())
                        .with("Cookie", session)
                        .send("GET", "/ws", Map.of(), "")
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void whoSaysToBeAnothersBrowserNeitherTakesItsPlaceNorReachesIt() {
        String id = UUID.randomUUID().toString();
        try (ScriptedExtension annasBrowser = anna.browser(id, "Anna's", Script.replying(course("of Anna")));
                ScriptedExtension bensBrowser = ben.browser(id, "Ben's", Script.replying(course("of Ben")))) {
            assertThat(textOf(anna.client().callTool("list_courses", NONE.deepCopy())))
                    .contains("of Anna");
            assertThat(textOf(ben.client().callTool("list_courses", NONE.deepCopy())))
                    .contains("of Ben")
                    .doesNotContain("of Anna");
        }
    }

    @Test
    void anothersBrowserIsAnsweredAsOneThatDoesNotExist() {
        String annasId = UUID.randomUUID().toString();
        String unknownId = UUID.randomUUID().toString();
        try (ScriptedExtension annasBrowser = anna.browser(annasId, "Anna's", Script.replying(course("of Anna")));
                ScriptedExtension bensBrowser = ben.browser("Ben's", Script.replying(course("of Ben")))) {
            String foreign =
                    textOf(ben.client().callTool("list_courses", NONE.deepCopy().put("browser", annasId)));
            String unknown =
                    textOf(ben.client().callTool("list_courses", NONE.deepCopy().put("browser", unknownId)));
            String name =
                    textOf(ben.client().callTool("list_courses", NONE.deepCopy().put("browser", "Anna's")));

            assertThat(foreign.replace(annasId, "ID")).isEqualTo(unknown.replace(unknownId, "ID"));
            assertThat(foreign + name).doesNotContain("of Anna").doesNotContain("of Ben");
            assertThat(textOf(ben.client().callTool("get_status", NONE.deepCopy())))
                    .doesNotContain("Anna's", annasId);
        }
    }

    private static ObjectNode course(String name) {
        return JSON.objectNode().put("course", name);
    }

    private static ScriptedExtension socket(String token, Script script) {
        return ScriptedExtension.open(service.webSocket(), RunningService.ORIGIN, token, script);
    }

    @Test
    void whatIsRefusedToOthersWorksForItsOwner() {
        Stranger owner = Stranger.signedIn(service.base(), anna.signInLink());
        assertThat(owner.send("GET", "/dashboard", Map.of(), "").body()).contains(annas.marks());
        List.of("rotate", "{id}/revoke", "disconnect", "default", "forget", "unlink", "sessions/end")
                .forEach(form -> TABLE.keySet().stream()
                        .filter(route -> route.endsWith("/" + form))
                        .forEach(route -> works(owner, route)));
    }

    private void works(Stranger owner, String route) {
        Access.Form form = (Access.Form) TABLE.get(route);
        HttpResponse<String> answer =
                send(owner, route.substring("POST ".length()), form.names(), annas, owner.formToken());
        assertThat(answer.statusCode()).as(route).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).doesNotContain("/sign-in");
    }

    /** Nobody, and those whose credential is for something else, revoked, or expired. */
    private List<Stranger> dead() throws SQLException {
        Stranger visitor = Stranger.at(service.base());
        Stranger signedOut = Stranger.signedIn(service.base(), anna.signInLink());
        signedOut.post("/sign-out", Map.of("form_token", signedOut.formToken()));
        Stranger expired = Stranger.signedIn(service.base(), anna.signInLink());
        annas.expire(expired.header("Cookie"));
        String key = annas.goodKey();
        return List.of(
                visitor,
                visitor.with("Authorization", "Bearer " + key),
                visitor.with("Cookie", expired.header("Cookie").replaceAll("=.*", "=" + key)),
                signedOut,
                expired);
    }

    private void checkOpen(String method, String path, List<Stranger> dead) {
        List<String> answers = new ArrayList<>();
        for (Stranger stranger : dead) {
            HttpResponse<String> answer = stranger.send(method, filled(path), Map.of(), "");
            answers.add(answer.statusCode() + " " + answer.body());
        }
        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(answers.getFirst()).doesNotContain(annas.marks());
    }

    private void checkPage(String path, int whenNot, List<Stranger> dead) {
        for (Stranger stranger : dead) {
            HttpResponse<String> answer = stranger.send("GET", filled(path), Map.of(), "");
            assertThat(answer.statusCode()).isEqualTo(whenNot);
            assertThat(answer.body()).doesNotContain(annas.marks());
            if (whenNot == 303) {
                assertThat(answer.headers().firstValue("Location").orElseThrow())
                        .startsWith(service.base() + "/sign-in?return=");
            }
        }
        assertThat(signedIn.send("GET", filled(path), Map.of(), "").body()).doesNotContain(annas.marks());
    }

    private void checkForm(String path, List<Name> names, List<Stranger> dead) {
        for (Stranger stranger : dead) {
            HttpResponse<String> answer = send(stranger, path, names, annas, formToken);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .startsWith(service.base() + "/sign-in?return=");
        }
        HttpResponse<String> foreign = send(signedIn, path, names, annas, formToken);
        if (!names.isEmpty()) {
            HttpResponse<String> unknown = send(signedIn, path, names, nobodys, formToken);
            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(said(foreign)).isEqualTo(said(unknown));
        }
    }

    private void checkMcp(String method, String path, Belongings.McpCredentials credentials) {
        HttpResponse<String> unknown = withKey("mmcp_" + "0".repeat(49)).send(method, path, Map.of(), body(method));
        assertThat(unknown.statusCode()).isEqualTo(401);
        for (String bad : credentials.bad()) {
            assertThat(said(withKey(bad).send(method, path, Map.of(), body(method))))
                    .isEqualTo(said(unknown));
        }
        HttpResponse<String> nobody = Stranger.at(service.base()).send(method, path, Map.of(), body(method));
        assertThat(nobody.statusCode()).isEqualTo(401);

        Stranger other = withKey(ben.newKey().secret());
        if (path.equals("/mcp")) {
            assertThat(said(other.send(method, path, Map.of("Mcp-Session-Id", credentials.session()), body(method))))
                    .isEqualTo(said(other.send(method, path, Map.of("Mcp-Session-Id", "unknown"), body(method))));
        }
        if (path.equals("/mcp/messages")) {
            HttpResponse<String> ofNobody = other.send(method, path + "?sessionId=none", Map.of(), CALL);
            assertThat(ofNobody.statusCode()).isEqualTo(404);
            assertThat(said(other.send(method, credentials.messages(), Map.of(), CALL)))
                    .isEqualTo(said(ofNobody));
        }
        if (method.equals("POST") && path.equals("/mcp")) {
            refusesAnotherScope();
        }
    }

    private void refusesAnotherScope() {
        KeyRights other = new KeyRights(Set.of("moodle:other"), Set.of("student"), false);
        HttpResponse<String> answer = withKey(ben.newKey(other).secret()).send("POST", "/mcp", Map.of(), CALL);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer error=\"insufficient_scope\", scope=\"moodle:read\",");
    }

    private HttpResponse<String> send(
            Stranger sender, String path, List<Name> names, Belongings whose, String formToken) {
        Map<String, String> form = new HashMap<>(Map.of("form_token", formToken));
        String filled = path;
        for (Name name : names) {
            String value = whose.idOf(name.thing());
            if (name.field().startsWith("{")) {
                filled = filled.replace(name.field(), value);
            } else {
                form.put(name.field(), value);
            }
        }
        return sender.post(filled, form);
    }

    private static Stranger withKey(String key) {
        return Stranger.at(service.base())
                .with("Authorization", "Bearer " + key)
                .with("Content-Type", "application/json");
    }

    private static String body(String method) {
        return method.equals("POST") ? CALL : "";
    }

    private static String filled(String path) {
        return path.replace("WEB_SOCKET", URLEncoder.encode(service.webSocket().toString(), StandardCharsets.UTF_8));
    }

    /** All of an answer but what every answer has anew. */
    private static String said(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
        headers.keySet().removeIf("date"::equalsIgnoreCase);
        return answer.statusCode() + " " + headers + " " + answer.body();
    }

    private Map<String, List<String>> rows() throws SQLException {
        Map<String, List<String>> rows = AccountRows.of(dataSource, anna.id());
        rows.replaceAll((table, found) -> found.stream()
                .map(row -> row.replaceAll("\"last_(used_at|client)\": [^,}]+", ""))
                .toList());
        return rows;
    }
}
