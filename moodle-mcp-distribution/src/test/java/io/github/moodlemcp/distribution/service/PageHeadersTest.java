package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route that a browser may open answers with the headers that protect it, whoever asks and whatever comes of it. */
class PageHeadersTest extends ServiceScenario {

    static Stream<String> routes() {
        return service.routes().stream().filter(route -> !route.matches("[A-Z]+ /(mcp|health|\\.well-known)(/.*)?"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyAnswerIsProtected(String route) {
        Stranger visitor = Stranger.at(service.base());
        Stranger person = Stranger.signedIn(service.base(), anna.signInLink());
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(method.length() + 1).replaceAll("\\{[^}]*}", "x");
        for (Stranger stranger : List.of(visitor, person)) {
            isProtected(
                    method.equals("POST") ? stranger.post(path, Map.of()) : stranger.send(method, path, Map.of(), ""));
        }
    }

    @Test
    void pagesForWhatIsNotThereAreProtected() {
        isProtected(Stranger.at(service.base()).send("GET", "/nowhere", Map.of(), ""));
    }

    private static void isProtected(HttpResponse<String> answer) {
        HttpHeaders headers = answer.headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;")
                .contains("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Permissions-Policy").orElse("")).contains("camera=()", "microphone=()");
        assertThat(headers.firstValue("Cache-Control").orElse(""))
                .isIn("no-store", "public, max-age=31536000, immutable");
        assertThat(headers.allValues("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Domain"));
        assertThat(answer.body())
                .doesNotContainPattern("<script(?![^>]* src=\"/assets/)")
                .doesNotContainPattern("<[^>]* (style|on[a-z]+)=")
                .doesNotContain("<style");
    }
}
