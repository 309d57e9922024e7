package io.github.moodlemcp.distribution.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whoever sends a request: with a web session, a key, both or nothing. Follows no redirect and keeps no cookie. */
final class Stranger {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI base;
    private final Map<String, String> headers;

    private Stranger(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** Somebody who shows nothing. */
    static Stranger at(URI base) {
        return new Stranger(base, Map.of());
    }

    /** Somebody who opens a link that signs in. */
    static Stranger signedIn(URI base, URI link) {
        HttpResponse<String> arrival = at(base).send("GET", link.getRawPath() + "?" + link.getRawQuery(), Map.of(), "");
        String cookie = arrival.headers().allValues("Set-Cookie").stream()
                .map(set -> set.substring(0, set.indexOf(';')))
                .filter(set -> set.contains("session="))
                .findFirst()
                .orElseThrow();
        return at(base).with("Cookie", cookie);
    }

    Stranger with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Stranger(base, more);
    }

    /** What a header of each request says. */
    String header(String name) {
        return headers.get(name);
    }

    /** The token that forms of this web session carry. */
    String formToken() {
        Matcher token =
                FORM_TOKEN.matcher(send("GET", "/dashboard", Map.of(), "").body());
        return token.find() ? token.group(1) : "";
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        String body = new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        Map<String, String> more = Map.of(
                "Content-Type", "application/x-www-form-urlencoded",
                "Origin", base.toString(),
                "Sec-Fetch-Site", "same-origin");
        return send("POST", path, more, body);
    }

    HttpResponse<String> send(String method, String path, Map<String, String> more, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .setHeader("Accept", "text/html, application/json, text/event-stream")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
