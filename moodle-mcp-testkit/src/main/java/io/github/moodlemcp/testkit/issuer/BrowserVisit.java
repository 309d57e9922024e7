package io.github.moodlemcp.testkit.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One person's browser without scripts: keeps cookies, follows redirects from host to host, and sends forms with the
 * token of the page. For one thread.
 */
public final class BrowserVisit {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");
    private static final int MAX_REDIRECTS = 10;

    private final URI base;
    private final CookieManager cookies = new CookieManager();

    /** HTTP/1.1 as browsers speak it to an http address. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .cookieHandler(cookies)
            .build();

    /** @param base the public address of the service, without a slash at the end */
    public BrowserVisit(URI base) {
        this.base = base;
    }

    /** What the address answers, after all redirects. */
    public HttpResponse<String> open(URI address) {
        HttpResponse<String> answer = openOnly(address);
        for (int i = 0;
                i < MAX_REDIRECTS && answer.headers().firstValue("Location").isPresent();
                i++) {
            answer = openOnly(locationOf(answer));
        }
        return answer;
    }

    /** The page of the service at this path, after all redirects. */
    public HttpResponse<String> open(String path) {
        return open(URI.create(base + path));
    }

    /** What the address answers by itself. */
    public HttpResponse<String> openOnly(URI address) {
        return send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").GET());
    }

    /** Where an answer leads. */
    public static URI locationOf(HttpResponse<?> answer) {
        return answer.uri()
                .resolve(answer.headers()
                        .firstValue("Location")
                        .orElseThrow(() -> new AssertionError("The answer " + answer.statusCode() + " leads nowhere")));
    }

    /** Sends a form of the page at a path, with that page's token; answers without following a redirect. */
    public HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
        Matcher token = FORM_TOKEN.matcher(open(page).body());
        Map<String, String> all = new TreeMap<>(fields);
        if (token.find()) {
            all.put("form_token", token.group(1));
        }
        return post(action, all);
    }

    /** Sends just these fields, as a form of the service; answers without following a redirect. */
    public HttpResponse<String> post(String action, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(base + action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", base.toString())
                .POST(BodyPublishers.ofString(form)));
    }

    /** The service's cookies by their names, which begin alike for all of ours. */
    public Map<String, String> cookies() {
        Map<String, String> all = new TreeMap<>();
        cookies.getCookieStore().get(base).forEach(cookie -> all.put(cookie.getName(), cookie.getValue()));
        return all;
    }

    /** Gives the browser a cookie of the service that it did not get. */
    public void setCookie(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(base, cookie);
    }

    /** The value of a cookie that begins so; empty when the browser has none. */
    public String cookie(String prefix) {
        return cookies().entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** How many of the service's cookies begin so. */
    public long countCookies(String prefix) {
        return cookies().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .count();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
