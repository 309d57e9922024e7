package io.github.moodlemcp.distribution.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Everything that can go wrong around the secrets of a day, and what is answered then. */
final class Mishaps {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final int SMALLEST_ERROR = 400;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> answers = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> statuses = new ConcurrentSkipListMap<>();
    private final LoudService service;
    private final Day day;

    @FunctionalInterface
    private interface Mishap {
        void happen() throws IOException, InterruptedException;
    }

    Mishaps(LoudService service, Day day) {
        this.service = service;
        this.day = day;
    }

    /** What was answered, headers and body, by what went wrong. */
    Map<String, String> answers() {
        return Map.copyOf(answers);
    }

    /** With which status, by what went wrong. */
    Map<String, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    void happen() throws IOException, InterruptedException {
        atTheEndpoint();
        inTools();
        atTheSocket();
        atTheAuthorizationServer();
        inThePortal();
    }

    private void atTheEndpoint() throws IOException, InterruptedException {
        mcp("no token", "", LIST);
        mcp("the extension's token", day.extensionToken(), LIST);
        mcp("a refresh token", day.appToken("refresh_token"), LIST);
        mcp("a cut key", day.key().substring(0, 50), LIST);
        mcp("a token with a word behind", day.appToken("access_token") + "x", LIST);
        mcp("broken JSON", day.key(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + Day.POST.text());
        mcp("no JSON-RPC", day.key(), "{\"text\":\"" + day.key() + "\"}");
        mcp("too long", day.key(), "\"" + (day.key() + " ").repeat(40_000) + "\"");
        mcp("an unknown method", day.key(), LIST.replace("tools/list", day.key()));
        send("a key in the address", post("/mcp?key=" + day.key(), LIST).header("Content-Type", "application/json"));
        send(
                "a token in the address",
                post("/mcp?access_token=" + day.appToken("access_token"), LIST)
                        .header("Content-Type", "application/json"));
        send("a foreign origin", post("/mcp", LIST).header("Origin", "https://" + day.key() + ".example"));
        send("another media type", post("/mcp", day.key()).header("Content-Type", "text/" + day.key()));
        send("another method", request("/mcp").method("PATCH", BodyPublishers.ofString(day.key())));
    }

    private void inTools() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        McpTestClient client = new McpTestClient(URI.create(service.base() + "/mcp"), day.key());
        tell("no browser", day.call(day.key()));
        FailureReason unknown = new FailureReason(Day.POST.text());
        try (ScriptedExtension browser = day.browser(run -> new ExtensionFrame.Failure(run.command(), unknown))) {
            tell("a tool that fails", day.call(day.key()));
            ObjectNode words = json.objectNode().put("course_id", Day.ARGUMENT.text());
            tell("words for a number", client.callTool("get_course", words));
            ObjectNode more = json.objectNode().put("course_id", 3).put("reason", Day.ARGUMENT.text());
            tell("an unknown argument", client.callTool("get_course", more));
            ObjectNode browserName = json.objectNode().put("browser", Day.ARGUMENT.text());
            tell("an unknown browser", client.callTool("list_courses", browserName));
            ObjectNode site = json.objectNode().put("site", Day.ARGUMENT.text());
            tell("an unknown site", client.callTool("list_courses", site));
            tell(
                    "an unknown tool",
                    client.request("tools/call", json.objectNode().put("name", day.key())));
            tell(
                    "an unknown resource",
                    client.request("resources/read", json.objectNode().put("uri", "moodle://elsewhere")));
            tell(
                    "an unknown prompt",
                    client.request("prompts/get", json.objectNode().put("name", day.key())));
        }
    }

    private void atTheSocket() {
        try (ScriptedExtension browser = day.browser(ScriptedExtension.Script.silent())) {
            browser.sendText("{\"jsonrpc\":\"2.0\",\"text\":\"" + Day.NAME.text());
            browser.closeCode();
        }
        ScriptedExtension stranger =
                ScriptedExtension.open(service.webSocket(), Day.ORIGIN, day.key(), ScriptedExtension.Script.silent());
        stranger.closeCode();
    }

    private void atTheAuthorizationServer() throws IOException, InterruptedException {
        Map<String, String> redeem = Map.of(
                "grant_type", "authorization_code",
                "client_id", day.appClient(),
                "code", day.appCode(),
                "code_verifier", "another-verifier-that-is-long-enough-to-be-one",
                "redirect_uri", "http://127.0.0.1:4711/callback");
        form("a wrong verifier", "/token", redeem);
        form("a code twice", "/token", redeem);
        form(
                "an ended refresh token",
                "/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        day.appClient(),
                        "refresh_token",
                        day.appToken("refresh_token")));
        form("an unknown grant", "/token", Map.of("grant_type", day.key(), "client_id", day.appClient()));
        form(
                "an unknown client",
                "/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        day.key(),
                        "refresh_token",
                        day.appToken("refresh_token")));
        form("a token of nobody's", "/revoke", Map.of("token", day.key(), "client_id", day.key()));
        send(
                "a broken registration",
                post("/register", "{\"client_name\":\"" + day.key()).header("Content-Type", "application/json"));
        send(
                "a foreign callback",
                post("/register", "{\"redirect_uris\":[\"javascript:" + day.key() + "\"]}")
                        .header("Content-Type", "application/json"));
        page("an unknown app", "/authorize?response_type=code&client_id=" + day.key());
        page(
                "a foreign address",
                "/authorize?response_type=code&client_id=" + day.appClient() + "&redirect_uri=https://" + day.key()
                        + ".example/");
    }

    private void inThePortal() throws IOException, InterruptedException {
        page("no such page", "/" + day.key());
        page("a used link", "/sign-in?link=" + day.link());
        page("a callback of nobody's", "/sign-in/uni/callback?code=" + day.key() + "&state=" + day.key());
        page("an unknown provider", "/sign-in/" + day.key());
        form("a form without its token", "/keys", Map.of("name", day.key()));
        form("a key of nobody's", "/keys/" + day.key() + "/revoke", Map.of("form_token", "forged"));
        tell("a form of the person without its token", day.person().post("/keys", Map.of("name", day.key())));
        tell("a key that is none", day.person().submit("/dashboard", "/keys/" + day.key() + "/revoke", Map.of()));
        send(
                "the metrics",
                request("/metrics")
                        .header("Authorization", "Bearer " + day.key())
                        .GET());
    }

    /** At once, because each waits for a database that is gone. */
    void happenWithoutDatabase() throws InterruptedException, ExecutionException {
        Map<String, String> refresh = Map.of(
                "grant_type", "refresh_token",
                "client_id", "moodle-mcp-extension",
                "refresh_token", day.appToken("refresh_token"));
        List<Mishap> mishaps = List.of(
                () -> mcp("a key without a database", day.key(), LIST),
                () -> mcp("an app without a database", day.appToken("access_token"), LIST),
                () -> tell("the dashboard without a database", day.person().open("/dashboard")),
                () -> page("a link without a database", "/sign-in?link=" + day.link()),
                () -> form("a refresh without a database", "/token", refresh));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Mishap mishap : mishaps) {
                all.add(threads.submit(() -> {
                    mishap.happen();
                    return mishap;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private void mcp(String what, String token, String body) {
        tell(what, new McpTestClient(URI.create(service.base() + "/mcp"), token).post(body, Map.of()));
    }

    private void page(String what, String path) throws IOException, InterruptedException {
        send(what, request(path).header("Accept", "text/html").GET());
    }

    private void form(String what, String path, Map<String, String> fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        send(
                what,
                post(path, form.toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", service.base().toString()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.base() + path));
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).POST(BodyPublishers.ofString(body));
    }

    private void send(String what, HttpRequest.Builder request) throws IOException, InterruptedException {
        tell(what, http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private void tell(String what, HttpResponse<String> answer) {
        answers.put(what, answer.headers().map() + "\n" + answer.body());
        statuses.put(what, answer.statusCode());
    }

    private void tell(String what, McpTestClient.Answer answer) {
        boolean isError = answer.status() >= SMALLEST_ERROR
                || answer.body().has("error")
                || answer.body().at("/result/isError").booleanValue();
        answers.put(what, answer.headers() + "\n" + answer.body());
        statuses.put(what, isError && answer.status() < SMALLEST_ERROR ? SMALLEST_ERROR : answer.status());
    }
}
