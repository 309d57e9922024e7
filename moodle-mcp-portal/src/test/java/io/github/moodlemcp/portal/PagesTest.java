package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import io.github.moodlemcp.portal.spi.SiteStatus;
import io.github.moodlemcp.portal.web.PortalResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every page has in common, and what is shown when something goes wrong. */
class PagesTest {
    private static final String ME = "me@example.org";

    private final PortalServer server = PortalServer.start(settings -> settings, new Broken(), new Foreign());
    private final Visitor me = new Visitor(server.base());
    private final Visitor visitor = new Visitor(server.base());

    /** A page with a defect. */
    @Path("/broken")
    @PortalResource
    public static final class Broken {
        @GET
        public String fail() {
            throw new IllegalStateException("a secret detail");
        }
    }

    /** A resource that is not the portal's. */
    @Path("/mcp")
    public static final class Foreign {
        @GET
        @Path("refused")
        public String refuse() {
            throw new WebApplicationException(
                    Response.status(418).entity("teapot").build());
        }

        @GET
        @Path("broken")
        public String fail() {
            throw new IllegalStateException("a secret detail");
        }

        @GET
        public String answer() {
            return "fine";
        }
    }

    @BeforeEach
    void signIn() {
        me.signIn(server, ME);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/sign-in", "/extension", "/dashboard", "/dashboard/state", "/nowhere", "/broken", "/keys"})
    void everyAnswerIsProtected(String path) {
        Map<String, List<String>> headers = me.get(path).headers().map();

        assertThat(headers.get("content-security-policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;")
                .endsWith("frame-ancestors 'none'; base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(headers).containsEntry("x-content-type-options", List.of("nosniff"));
        assertThat(headers).containsEntry("x-frame-options", List.of("DENY"));
        assertThat(headers).containsEntry("referrer-policy", List.of("same-origin"));
        assertThat(headers).containsEntry("cache-control", List.of("no-store"));
    }

    @Test
    void theHostHeaderDecidesNothing() {
        for (String path : List.of("/", "/sign-in", "/extension", "/dashboard")) {
            HttpResponse<String> answer = visitor.get(path, Map.of("X-Forwarded-Host", "evil.example"));
            assertThat(answer.body()).doesNotContain("evil.example");
        }
        try (PortalServer elsewhere = PortalServer.startAs(URI.create("https://mcp.example.org"))) {
            HttpResponse<String> redirect = new Visitor(elsewhere.local()).get("/dashboard");
            assertThat(redirect.headers().firstValue("Location").orElseThrow())
                    .startsWith("https://mcp.example.org/sign-in");
            assertThat(new Visitor(elsewhere.local()).get("/extension").body())
                    .contains("https://mcp.example.org")
                    .doesNotContain("localhost");
        }
    }

    @Test
    void aVisitorOfAnOwnPageIsAskedToSignIn() {
        assertThat(visitor.get("/dashboard").headers().firstValue("Location"))
                .contains(server.base() + "/sign-in?return=%2Fdashboard");
        assertThat(visitor.get("/welcome").statusCode()).isEqualTo(303);
        HttpResponse<String> state = visitor.get("/dashboard/state");
        assertThat(state.statusCode()).isEqualTo(401);
        assertThat(state.body()).isEqualTo("{\"signedIn\":false}");
    }

    @Test
    void theDashboardFollowsTheConnections() throws Exception {
        assertThat(me.get("/dashboard").body()).contains("No browser is connected");
        SiteStatus site =
                new SiteStatus("moodle.example.edu", "https://moodle.example.edu", SiteStatus.State.SIGNED_IN, null);
        SiteStatus odd = new SiteStatus("<b>odd</b>", "javascript:alert(1)", SiteStatus.State.UNKNOWN, null);
        Instant since = Instant.parse("2026-11-22T09:00:00Z");
        server.put(server.account(ME), browser(new PairedBrowser.Connected(since, Instant.now(), List.of(site, odd))));

        String page = me.get("/dashboard").body();
        assertThat(page)
                .contains(
                        "&lt;b&gt;Mine&lt;/b&gt;",
                        "Connected since",
                        "2026-11-22T09:00:00Z",
                        "Signed in and ready",
                        "href=\"https://moodle.example.edu\"")
                .doesNotContain("javascript:", "<b>odd", "No browser is connected");
        JsonNode state = new ObjectMapper().readTree(me.get("/dashboard/state").body());
        assertThat(state.get("signedIn").booleanValue()).isTrue();
        assertThat(page).contains(state.get("browsers").asText());
    }

    @Test
    void nothingOlderThanTheLastFrameIsToldAsThePresent() {
        SiteStatus site =
                new SiteStatus("moodle.example.edu", "https://moodle.example.edu", SiteStatus.State.SIGNED_IN, null);
        Instant before = Instant.now().minusSeconds(45);
        server.put(server.account(ME), browser(new PairedBrowser.Connected(before, before, List.of(site))));
        assertThat(me.get("/dashboard").body())
                .contains("Connected, but silent since", "may be asleep")
                .doesNotContain("Signed in and ready", "moodle.example.edu");

        server.put(server.account(ME), browser(new PairedBrowser.Absent(before, null)));
        assertThat(me.get("/dashboard").body())
                .contains("Not connected · last seen", before.truncatedTo(ChronoUnit.SECONDS) + "\"")
                .doesNotContain("Connected since", "Signed in and ready", "dot good");
    }

    @Test
    void aBrowserThatCannotConnectSaysWhyAndWhatToDo() {
        for (PairedBrowser.Reason reason : PairedBrowser.Reason.values()) {
            server.put(server.account(ME), browser(new PairedBrowser.Absent(Instant.now(), reason)));
            assertThat(me.get("/dashboard").body())
                    .contains(reason == PairedBrowser.Reason.TOO_OLD ? "Needs an update" : "Not connected")
                    .containsPattern("class=\"hint\">[^<]{30,}")
                    .doesNotContain("dot good");
        }
    }

    @Test
    void anOutdatedExtensionIsToldThoughItIsConnected() {
        Instant now = Instant.now();
        server.put(
                server.account(ME),
                new PairedBrowser("id", "Old", "0.0.9", true, false, new PairedBrowser.Connected(now, now, List.of())));

        assertThat(me.get("/dashboard").body())
                .contains("Connected since", "older than this service expects", "dot warn");
    }

    private static PairedBrowser browser(PairedBrowser.Presence presence) {
        return new PairedBrowser("id", "<b>Mine</b>", "0.1.0", false, false, presence);
    }

    @Test
    void whatIsNotThereHasAPage() {
        HttpResponse<String> page =
                visitor.get("/nowhere/<script>".replace("<", "%3C").replace(">", "%3E"));

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing here").doesNotContain("script>".repeat(2), "nowhere");
        assertThat(visitor.get("/assets/portal.css").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/assets/..%2f..%2fpage%2flayout.ftlh").statusCode())
                .isIn(400, 404);
        assertThat(visitor.get("/downloads/other.zip").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/keys").statusCode()).isEqualTo(405);
    }

    @Test
    void aProgramThatAsksForNoPageGetsNone() {
        HttpResponse<String> answer = visitor.get("/nowhere", Map.of("Accept", "application/json"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aDefectShowsANumberAndNothingElse() {
        HttpResponse<String> page = visitor.get("/broken");

        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body())
                .containsPattern("Incident <code>[0-9a-f]{8}</code>")
                .doesNotContain("secret detail", "IllegalState", "io.github");
    }

    @Test
    void whatIsNotThePortalsIsLeftAlone() {
        HttpResponse<String> fine = visitor.get("/mcp");
        assertThat(fine.body()).isEqualTo("fine");
        assertThat(fine.headers().firstValue("Content-Security-Policy")).isEmpty();
        HttpResponse<String> refused = visitor.get("/mcp/refused");
        assertThat(refused.statusCode()).isEqualTo(418);
        assertThat(refused.body()).isEqualTo("teapot");
        for (String path : List.of("/mcp/nowhere", "/health", "/.well-known/openid-configuration", "/mcp/broken")) {
            assertThat(visitor.get(path).body()).as(path).doesNotContain("<html", "secret detail");
        }
    }

    @Test
    void assetsMayBeKeptForEverBecauseTheirNamesHaveTheirHashes() {
        String html = visitor.get("/").body();
        Matcher asset =
                Pattern.compile("/assets/[a-z]+\\.[0-9a-f]{12}\\.(css|js|svg)").matcher(html);
        int found = 0;
        while (asset.find()) {
            HttpResponse<String> answer = visitor.get(asset.group());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(
                            switch (asset.group(1)) {
                                case "css" -> "text/css";
                                case "js" -> "text/javascript";
                                default -> "image/svg+xml";
                            });
            found++;
        }
        assertThat(found).isEqualTo(4);
    }

    @Test
    void theExtensionsPackagesCanBeDownloaded() {
        for (String name : List.of("moodle-mcp-chromium.zip", "moodle-mcp-firefox.zip")) {
            assertThat(visitor.get("/extension").body()).contains("href=\"/downloads/" + name + "\"");
            HttpResponse<String> zip = visitor.get("/downloads/" + name);
            assertThat(zip.headers().firstValue("Content-Type")).contains("application/zip");
            assertThat(zip.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"" + name + "\"");
            assertThat(zip.headers().firstValue("Content-Length"))
                    .contains(String.valueOf(zip.body().length()));
            assertThat(zip.body()).startsWith("PK");
        }
    }
}
