package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrowserChoiceTest {
    private static final ConnectedBrowser LAPTOP = browser("b-1", "Chromium on Linux");
    private static final ConnectedBrowser PHONE = browser("b-2", "Firefox on Android");
    private static final ConnectedBrowser TWIN = browser("b-3", "Chromium on Linux");

    @Test
    void theOnlyBrowserIsChosen() {
        assertThat(BrowserChoice.among(List.of(LAPTOP), null)).isEqualTo(new BrowserChoice.Chosen(LAPTOP));
    }

    @Test
    void aNamedBrowserIsChosenByIdOrUniqueName() {
        List<ConnectedBrowser> both = List.of(LAPTOP, PHONE);

        assertThat(BrowserChoice.among(both, "b-2")).isEqualTo(new BrowserChoice.Chosen(PHONE));
        assertThat(BrowserChoice.among(both, "Chromium on Linux")).isEqualTo(new BrowserChoice.Chosen(LAPTOP));
    }

    @Test
    void withoutAChoiceAllAreListed() {
        assertThat(BrowserChoice.among(List.of(LAPTOP, PHONE), null))
                .isInstanceOfSatisfying(
                        BrowserChoice.Unclear.class,
                        unclear -> assertThat(unclear.question()).contains("b-1", "b-2", "argument browser"));
    }

    @Test
    void aNameThatIsNotUniqueIsNoChoice() {
        assertThat(BrowserChoice.among(List.of(LAPTOP, PHONE, TWIN), "Chromium on Linux"))
                .isInstanceOfSatisfying(
                        BrowserChoice.Unclear.class,
                        unclear -> assertThat(unclear.question())
                                .contains("b-1", "b-3")
                                .doesNotContain("b-2"));
    }

    @Test
    void anAbsentBrowserIsNoChoiceEvenWhenThereIsOnlyOne() {
        assertThat(BrowserChoice.among(List.of(LAPTOP), "b-9")).isInstanceOf(BrowserChoice.Unclear.class);
    }

    @Test
    void nobodyIsConnected() {
        assertThat(BrowserChoice.among(List.of(), "b-1")).isInstanceOf(BrowserChoice.NoneConnected.class);
    }

    private static ConnectedBrowser browser(String id, String name) {
        return new ConnectedBrowser(
                new BridgeId(new AccountId("anna"), id),
                name,
                "0.1.0",
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                List.of());
    }
}
