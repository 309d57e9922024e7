package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a person decides about their browsers in the portal, and what becomes of it. */
class BrowserChoicesTest extends ServiceScenario {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @Test
    void theDefaultIsUsedAmongSeveralAndReadsFallBackWithANote() {
        String office = UUID.randomUUID().toString();
        McpTestClient client = anna.client();
        PortalVisit portal = anna.portal();
        try (ScriptedExtension home = anna.browser("Home", answering("home"));
                ScriptedExtension work = anna.browser(office, "Work", answering("work"))) {
            assertThat(textOf(client.callTool("list_courses", NONE.deepCopy())))
                    .contains("Several browsers are connected", "Home", "Work (id " + office);

            assertThat(portal.post("/browsers/default", "browser", office)).isEqualTo(303);
            assertThat(textOf(client.callTool("list_courses", NONE.deepCopy()))).contains("\"from\":\"work\"");

            work.close();
            await().untilAsserted(() -> assertThat(
                            client.callTool("list_courses", NONE.deepCopy()).toString())
                    .contains("default browser, Work", "is not connected", "\\\"from\\\":\\\"home\\\""));
            assertThat(home).isNotNull();
        }
    }

    @Test
    void disconnectingABrowserClosesItAtOnceAndWithholdsWhatItStillAnswers() {
        String id = UUID.randomUUID().toString();
        McpTestClient client = anna.client();
        PortalVisit portal = anna.portal();
        try (ScriptedExtension browser = anna.browser(id, "Laptop", Script.silent())) {
            CompletableFuture<String> call =
                    CompletableFuture.supplyAsync(() -> textOf(client.callTool("list_courses", NONE.deepCopy())));
            browser.nextFrame();
            // Until it is noted as connected it is not known yet.
            await().until(() -> portal.post("/browsers/forget", "browser", id) == 303);
            long begun = System.nanoTime();

            assertThat(browser.closeCode()).isEqualTo(4401);
            assertThat(call.join()).contains("connection to the browser was lost before list_courses had an effect");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
            assertThat(portal.get("/dashboard")).contains("No browser is connected");
            assertThat(textOf(client.callTool("get_status", NONE.deepCopy()))).contains("\"browsers\":[]");
        }
    }

    @Test
    void nobodyDisconnectsTheBrowserOfAnother() {
        String id = UUID.randomUUID().toString();
        try (ScriptedExtension browser = anna.browser(id, "Laptop", answering("anna's"))) {
            assertThat(ben.portal().post("/browsers/forget", "browser", id)).isEqualTo(404);
            assertThat(ben.portal().post("/browsers/default", "browser", id)).isEqualTo(404);

            assertThat(textOf(anna.client().callTool("list_courses", NONE.deepCopy())))
                    .contains("anna's");
            assertThat(browser).isNotNull();
        }
    }

    @Test
    void aGrantThatIsRevokedAnywhereClosesItsConnectionWithinSeconds() {
        try (ScriptedExtension browser = anna.browser("Laptop", Script.silent())) {
            long begun = System.nanoTime();

            anna.revokeAllGrants();

            assertThat(browser.closeCode()).isEqualTo(4401);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void anExtensionThatIsTooOldToConnectIsShownSo() {
        String id = UUID.randomUUID().toString();
        try (ScriptedExtension old = ScriptedExtension.open(
                service.webSocket(), RunningService.ORIGIN, anna.bridgeToken(), Script.silent())) {
            old.sendText(
                    ("{'jsonrpc':'2.0','id':'1','method':'hello','params':{'protocolVersion':0,'browser':{'id':'" + id
                                    + "','name':'Old laptop'},'extension':{'version':'0.0.1'},'sites':[],'operations':[],"
                                    + "'journal':[]}}")
                            .replace('\'', '"'));
            assertThat(old.closeCode()).isEqualTo(4426);
        }

        PortalVisit portal = anna.portal();
        await().untilAsserted(() -> assertThat(portal.get("/dashboard"))
                .contains("Old laptop", "Needs an update", "too old for this service"));
        McpTestClient client = anna.client();
        assertThat(textOf(client.callTool("get_status", NONE.deepCopy())))
                .contains("\"connected\":false", "\"why\":\"too_old\"", "\"needs_update\":true");
        assertThat(textOf(client.callTool("list_courses", NONE.deepCopy()))).contains("too old to connect");
    }

    @Test
    void aBrowserThatLeftIsShownWithItsLastSignOfLife() {
        String id = UUID.randomUUID().toString();
        anna.browser(id, "Laptop", Script.silent()).close();

        PortalVisit portal = anna.portal();
        await().untilAsserted(
                        () -> assertThat(portal.get("/dashboard")).contains("Laptop", "Not connected · last seen"));
        assertThat(textOf(anna.client().callTool("list_courses", NONE.deepCopy())))
                .contains("No browser is connected", "Laptop (id " + id + ", last heard of 20");
    }

    private static Script answering(String from) {
        ObjectNode result = JSON.objectNode().put("from", from);
        return Script.replying(result);
    }
}
