package io.github.moodlemcp.testkit.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One person at the portal who signs in by a link and lets the extension pair, over HTTP as a browser does. For one
 * thread.
 */
public final class PairingVisit {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
    private static final String VERIFIER = "a-code-verifier-that-has-at-least-43-characters-in-it";

    private final URI base;
    private final URI webSocket;
    private final String redirectUri;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /**
     * @param base the public address of the service, without a slash at the end
     * @param webSocket where extensions connect
     * @param extensionId an id of a Chromium extension that may connect
     */
    public PairingVisit(URI base, URI webSocket, String extensionId) {
        this.base = base;
        this.webSocket = webSocket;
        this.redirectUri = "https://" + extensionId + ".chromiumapp.org/";
    }

    /**
     * Does it all; returns the access token for the bridge.
     *
     * @param signInLink a one-time link that was not used yet
     */
    public String pair(URI signInLink) {
        get(signInLink);
        String code = allow();
        return redeem(code);
    }

    private String allow() {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", "moodle-mcp-extension");
        request.put("redirect_uri", redirectUri);
        request.put("scope", "bridge");
        request.put("state", "state-1");
        request.put("code_challenge", challenge());
        request.put("code_challenge_method", "S256");
        request.put("resource", webSocket.toString());
        String page = get(URI.create(base + "/authorize?" + form(request))).body();
        Map<String, String> decision = new LinkedHashMap<>();
        Matcher field = HIDDEN.matcher(page);
        while (field.find()) {
            decision.put(field.group(1), field.group(2).replace("&amp;", "&"));
        }
        decision.put("decision", "allow");
        HttpResponse<String> redirect = post(URI.create(base + "/authorize"), decision);
        String query = URI.create(redirect.headers().firstValue("Location").orElseThrow())
                .getRawQuery();
        return parameter(query, "code");
    }

    private String redeem(String code) {
        HttpResponse<String> answer = post(
                URI.create(base + "/token"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "moodle-mcp-extension",
                        "code",
                        code,
                        "code_verifier",
                        VERIFIER,
                        "redirect_uri",
                        redirectUri,
                        "resource",
                        webSocket.toString()));
        try {
            return new ObjectMapper()
                    .readTree(answer.body())
                    .required("access_token")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    private HttpResponse<String> post(URI uri, Map<String, String> fields) {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", base.toString())
                .POST(HttpRequest.BodyPublishers.ofString(form(fields))));
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

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String parameter(String query, String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("No " + name + " came back");
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
