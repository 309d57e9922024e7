package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A result does not reach who was let in when the call began and would not be now. */
class WithheldResultTest extends ServiceScenario {

    @Test
    void ofAKeyThatWasRevokedMeanwhile() {
        Answer answer = callDuring(key -> anna.revoke(key));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", resource_metadata=\"" + service.base()
                        + "/.well-known/oauth-protected-resource/mcp\"");
        assertThat(answer.body().at("/error/code").intValue()).isEqualTo(-32600);
        assertThat(answer.body().at("/error/message").asText()).contains("revoked", "may have had an effect");
        assertThat(answer.body().toString()).doesNotContain("Introduction");
    }

    @Test
    void ofAKeyThatWasRenewedMeanwhile() {
        Answer answer = callDuring(key -> anna.renew(key));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().toString()).doesNotContain("Introduction");
    }

    /** As another node does it, which tells this one nothing. */
    @Test
    void ofAnAccountThatWasErasedElsewhere() throws SQLException {
        ScriptedExtension bens = ben.browser("Chromium", Script.silent());
        ScriptedExtension annas = anna.browser("Chromium", Script.silent());
        CompletableFuture<Answer> call = begin(anna.newKey().secret());
        annas.nextRun();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement erase = connection.prepareStatement("DELETE FROM users WHERE id = ?")) {
            erase.setObject(1, anna.id());
            erase.executeUpdate();
        }

        assertThat(annas.closeCode()).isEqualTo(4401);
        // After two seconds the answer is a stream, whose status says nothing any more.
        assertThat(call.join().body().toString()).contains("revoked");
        CompletableFuture<Answer> bensCall = begin(ben.newKey().secret());
        bens.nextRun();
        bens.close();
        bensCall.join();
    }

    @Test
    void ofAnAccountThatWasErasedMeanwhile() {
        Stranger session = Stranger.signedIn(service.base(), anna.signInLink());
        String token = session.formToken();

        ScriptedExtension browser = anna.browser("Chromium", Script.silent());
        CompletableFuture<Answer> call = begin(anna.newKey().secret());
        browser.nextRun();
        session.post("/account/data/erase", Map.of("form_token", token, "email", "anna@example.edu"));

        assertThat(call.join().status()).isEqualTo(401);
        assertThat(browser.closeCode()).isEqualTo(4401);
    }

    @Test
    void ofAnAppThatWasDisconnectedMeanwhile() {
        AppVisit app = anna.connectApp("moodle:read");

        Answer answer = callDuring(app.accessToken(), () -> app.revoke(app.refreshToken()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().toString()).doesNotContain("Introduction");
    }

    @Test
    void butOfAConnectedApp() {
        String token = anna.connectApp("moodle:read").accessToken();

        assertThat(textOf(callDuring(token, () -> {}))).contains("Introduction");
    }

    @Test
    void butOfAnyOther() {
        Answer answer = callDuring(key -> anna.revoke(anna.newKey()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(textOf(answer)).contains("Introduction");
    }

    /** The answer to a call that is at work in the browser while something happens. */
    private Answer callDuring(Consumer<IssuedKey.Issued> happening) {
        IssuedKey.Issued key = anna.newKey();
        return callDuring(key.secret(), () -> happening.accept(key));
    }

    private Answer callDuring(String token, Runnable happening) {
        ScriptedExtension browser = anna.browser("Chromium", Script.silent());
        CompletableFuture<Answer> call = begin(token);
        ServiceFrame.Run run = browser.nextRun();
        happening.run();
        browser.send(new ExtensionFrame.Reply(run.command(), JSON.objectNode().put("name", "Introduction")));
        return call.join();
    }

    private static CompletableFuture<Answer> begin(String token) {
        McpTestClient client = service.client(token);
        return CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
    }
}
