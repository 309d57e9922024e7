package io.github.moodlemcp.server.moodle;

import static io.github.moodlemcp.server.moodle.FakeBrowsers.SITE;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.spi.KnownBrowser;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusReportTest {
    private static final Instant SEEN = Instant.parse("2026-11-22T10:00:07Z");
    private static final JsonNode ANSWER =
            Json.of("{'sites':[{'site':'" + SITE + "','url':'https://" + SITE + "','state':'signed_in'}]}");

    @Test
    void whatABrowserAnswersNowIsTold() {
        StatusReport.Report report = report(
                FakeBrowsers.answering(command -> FakeBrowsers.completed(ANSWER))
                        .withLaptop(),
                "b-1");

        JsonNode laptop = report.browsers().at("/browsers/0");
        assertThat(report.browsers().get("connected").booleanValue()).isTrue();
        assertThat(laptop.get("connected").booleanValue()).isTrue();
        assertThat(laptop.get("answers").booleanValue()).isTrue();
        assertThat(laptop.get("default").booleanValue()).isTrue();
        assertThat(laptop.at("/sites/0/state").asText()).isEqualTo("signed_in");
        assertThat(report.advice()).isEqualTo("Everything is ready.");
    }

    @Test
    void whatASilentBrowserSaidBeforeIsNotToldAsThePresent() {
        StatusReport.Report report = report(
                FakeBrowsers.answering(command -> new CommandOutcome.TimedOut(false))
                        .with("b-1", "Laptop", signedIn(SITE)),
                null);

        JsonNode laptop = report.browsers().at("/browsers/0");
        assertThat(laptop.get("answers").booleanValue()).isFalse();
        assertThat(laptop.has("sites")).isFalse();
        assertThat(laptop.at("/sites_when_last_seen/0/state").asText()).isEqualTo("signed_in");
        assertThat(laptop.get("last_seen").asText()).isEqualTo(Instant.EPOCH.toString());
        assertThat(report.advice())
                .contains("Laptop is connected but did not answer")
                .doesNotContain("ready");
    }

    @Test
    void aBrowserThatGoesWhileItIsAskedIsNotConnected() {
        for (CommandOutcome outcome :
                List.of(new CommandOutcome.NotConnected(), new CommandOutcome.Disconnected(false))) {
            StatusReport.Report report =
                    report(FakeBrowsers.answering(command -> outcome).with("b-1", "Laptop", signedIn(SITE)), null);

            assertThat(report.browsers().get("connected").booleanValue()).isFalse();
            assertThat(report.browsers().at("/browsers/0/connected").booleanValue())
                    .isFalse();
            assertThat(report.browsers().toString()).doesNotContain("signed_in");
            assertThat(report.advice()).contains("No browser is connected");
        }
    }

    @Test
    void thoseThatAreNotConnectedAreToldWithTheirLastSignOfLife() {
        KnownBrowser office = new KnownBrowser("b-9", "Office", "0.1.0", SEEN, null);
        KnownBrowser laptop = new KnownBrowser("b-1", "Laptop", "0.1.0", SEEN, CloseReason.SUPERSEDED);
        FakeBrowsers browsers = FakeBrowsers.answering(command -> FakeBrowsers.completed(ANSWER))
                .withLaptop();

        StatusReport.Report report = report(browsers, "b-9", laptop, office);

        assertThat(report.browsers().get("browsers")).hasSize(2);
        JsonNode absent = report.browsers().at("/browsers/1");
        assertThat(absent.get("id").asText()).isEqualTo("b-9");
        assertThat(absent.get("connected").booleanValue()).isFalse();
        assertThat(absent.get("last_seen").asText()).isEqualTo("2026-11-22T10:00:07Z");
        assertThat(absent.get("why").asText()).isEqualTo("gone");
        assertThat(absent.get("default").booleanValue()).isTrue();
        assertThat(report.advice()).contains("Office, the person's default browser, is not connected");
    }

    @ParameterizedTest
    @EnumSource
    void everyEndHasItsWord(CloseReason ended) {
        StatusReport.Report report =
                report(FakeBrowsers.answering(command -> null), null, new KnownBrowser("b", "B", "0.1.0", SEEN, ended));

        assertThat(report.browsers().at("/browsers/0/why").asText())
                .matches("[a-z_]+")
                .isNotEqualTo("gone");
        assertThat(report.browsers().at("/browsers/0/needs_update").booleanValue())
                .isEqualTo(ended == CloseReason.VERSION_TOO_OLD);
    }

    @Test
    void anOutdatedExtensionIsToldWhetherItIsConnectedOrNot() {
        FakeBrowsers browsers = FakeBrowsers.answering(command -> FakeBrowsers.completed(ANSWER))
                .withLaptop();
        ServerOptions options = options().oldestExtension("0.2.0").build();

        StatusReport.Report report =
                report(options, browsers, null, new KnownBrowser("b-9", "Old", "0.1.9", SEEN, null));

        assertThat(report.browsers().at("/browsers/0/needs_update").booleanValue())
                .isTrue();
        assertThat(report.browsers().at("/browsers/1/needs_update").booleanValue())
                .isTrue();
        assertThat(report.advice()).contains("The extension in Laptop is too old", "The extension in Old is too old");
    }

    @Test
    void aBrowserIsNotWaitedForAsLongAsTheCallMayTake() {
        FakeBrowsers browsers = FakeBrowsers.answering(command -> FakeBrowsers.completed(ANSWER))
                .withLaptop();

        report(browsers, null);

        assertThat(browsers.deadlines.getFirst().remaining()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    @Test
    void aQuestionThatNobodyWaitsForIsTakenBack() {
        FakeBrowsers browsers =
                new FakeBrowsers((bridge, command) -> new CompletableFuture<CommandOutcome>()).withLaptop();

        Thread.currentThread().interrupt();
        StatusReport.Report report = report(browsers, null);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(browsers.cancelled)
                .containsExactly(browsers.commands.getFirst().id());
        assertThat(report.browsers().at("/browsers/0/answers").booleanValue()).isFalse();
    }

    private static StatusReport.Report report(
            FakeBrowsers browsers, @Nullable String preferred, KnownBrowser... known) {
        return report(options().build(), browsers, preferred, known);
    }

    private static StatusReport.Report report(
            ServerOptions options, FakeBrowsers browsers, @Nullable String preferred, KnownBrowser... known) {
        CompletableFuture<List<io.github.moodlemcp.bridge.ConnectedBrowser>> connected =
                browsers.connected(new AccountId("anna")).toCompletableFuture();
        return new StatusReport(browsers, options, new SecureRandom(), new Waiting(new Alarms()))
                .of(connected.join(), List.of(known), preferred, Deadline.after(Duration.ofMinutes(1)));
    }

    private static ServerOptions.Builder options() {
        return ServerOptions.builder(URI.create("https://mcp.example.edu"));
    }
}
