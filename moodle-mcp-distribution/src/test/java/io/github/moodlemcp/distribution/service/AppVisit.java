package io.github.moodlemcp.distribution.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An app that registers itself, and the person who connects it, over HTTP. */
final class AppVisit {
    private static final String CALLBACK = "http://127.0.0.1:4711/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String client;
    private final JsonNode tokens;

    AppVisit(URI base, URI signInLink, String scope) {
        this.base = base;
        get(signInLink);
        client = register();
        tokens = redeem(client, allow(client, scope));
    }

    String accessToken() {
        return tokens.required("access_token").asText();
    }

    String refreshToken() {
        return tokens.required("refresh_token").asText();
    }

    /** Gives back what the app was allowed; the status of the answer. */
    int revoke(String token) {
        return post("/revoke", Map.of("token", token, "client_id", client)).statusCode();
    }

    private String register() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/register"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"client_name\":\"Any App\",\"redirect_uris\":[\"http://127.0.0.1/callback\"]}"));
        return json(send(request)).required("client_id").asText();
    }

    private String allow(String client, String scope) {
        Map<String, String> request = Map.of(
                "response_type", "code",
                "client_id", client,
                "redirect_uri", CALLBACK,
                "scope", scope,
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256",
                "resource", base + "/mcp");
        Map<String, String> decision = new LinkedHashMap<>(Map.of("decision", "allow", "allow_write", "yes"));
        Matcher field = HIDDEN.matcher(
                get(URI.create(base + "/authorize?" + form(request))).body());
        while (field.find()) {
            decision.put(field.group(1), field.group(2).replace("&amp;", "&"));
        }
        String back =
                post("/authorize", decision).headers().firstValue("Refresh").orElseThrow();
        Matcher code = CODE.matcher(back);
        if (!code.find()) {
            throw new AssertionError("No code came back");
        }
        return URLDecoder.decode(code.group(1), StandardCharsets.UTF_8);
    }

    private JsonNode redeem(String client, String code) {
        return json(post(
                "/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", client,
                        "code", code,
                        "code_verifier", VERIFIER,
                        "redirect_uri", CALLBACK)));
    }

    private HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    private HttpResponse<String> post(String path, Map<String, String> fields) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", base.toString())
                .POST(BodyPublishers.ofString(form(fields))));
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

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
