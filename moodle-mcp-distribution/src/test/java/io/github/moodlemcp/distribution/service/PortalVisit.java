package io.github.moodlemcp.distribution.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who is signed in to the portal. For one thread. */
final class PortalVisit {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"");

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    PortalVisit(URI base, URI signInLink) {
        this.base = base;
        send(HttpRequest.newBuilder(signInLink));
    }

    /** The page. */
    String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path))).body();
    }

    /** Sends a form with the token of the dashboard and these names and values in turn; returns the status. */
    int post(String path, String... fields) {
        Matcher token = FORM_TOKEN.matcher(get("/dashboard"));
        StringBuilder form = new StringBuilder("form_token=").append(token.find() ? encoded(token.group(1)) : "");
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&').append(fields[i]).append('=').append(encoded(fields[i + 1]));
        }
        return send(HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", base.toString())
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())))
                .statusCode();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
