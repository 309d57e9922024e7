package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser with cookies of its own that does not follow redirects unless asked to. */
final class TestBrowser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CONFIG = Pattern.compile("M\\.cfg\\s*=\\s*(\\{.*?\\});");
    private static final Pattern LOGIN_TOKEN = Pattern.compile("name=\"logintoken\" value=\"([^\"]+)\"");

    private final URI wwwroot;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    TestBrowser(DemoMoodle moodle) {
        wwwroot = moodle.wwwroot();
    }

    /** A browser in which this user has logged in. */
    static TestBrowser loggedIn(DemoMoodle moodle, String username) {
        TestBrowser browser = new TestBrowser(moodle);
        browser.follow(browser.logIn(username, username + "-demo"));
        return browser;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> postForm(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Follows redirects from the answer to the page where they end. */
    HttpResponse<String> follow(HttpResponse<String> answer) {
        HttpResponse<String> current = answer;
        for (int i = 0; i < 5 && current.statusCode() == 303; i++) {
            current = send(HttpRequest.newBuilder(URI.create(location(current))).GET());
        }
        return current;
    }

    HttpResponse<String> logIn(String username, String password) {
        Matcher token = LOGIN_TOKEN.matcher(get("/login/index.php").body());
        if (!token.find()) {
            throw new AssertionError("The login page has no logintoken.");
        }
        return postForm(
                "/login/index.php", Map.of("username", username, "password", password, "logintoken", token.group(1)));
    }

    /** Calls functions in one batch with the sesskey of the dashboard or login page. */
    JsonNode call(Call... calls) {
        return callWith(sesskey(), calls);
    }

    JsonNode callWith(String sesskey, Call... calls) {
        return json(post("/lib/ajax/service.php?sesskey=" + sesskey + "&info=test", batch(calls)));
    }

    /** The data of one call that succeeds. */
    JsonNode data(String function, String arguments) {
        JsonNode answer = call(new Call(function, arguments));
        if (answer.path(0).path("error").asBoolean(true)) {
            throw new AssertionError(function + " answered " + answer);
        }
        return answer.path(0).path("data");
    }

    String sesskey() {
        return config(get("/login/index.php")).path("sesskey").asText();
    }

    /** The M.cfg of a page. */
    static JsonNode config(HttpResponse<String> page) {
        Matcher config = CONFIG.matcher(page.body());
        if (!config.find()) {
            throw new AssertionError("The page has no M.cfg.");
        }
        return parse(config.group(1));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return parse(answer.body());
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new AssertionError("Not JSON: " + text, malformed);
        }
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(wwwroot + path)).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    static String batch(Call... calls) {
        ArrayNode batch = JSON.createArrayNode();
        for (int i = 0; i < calls.length; i++) {
            batch.addObject()
                    .put("index", i)
                    .put("methodname", calls[i].function())
                    .set("args", parse(calls[i].arguments()));
        }
        return batch.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One call of a batch; the arguments are JSON. */
    record Call(String function, String arguments) {
        Call(String function) {
            this(function, "{}");
        }
    }
}
