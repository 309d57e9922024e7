package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import io.github.moodlemcp.portal.spi.SiteStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link BrowserDirectory}: extend it for your directory. Each test is named for its rule. */
public abstract class BrowserDirectoryContract {
    /** The site that every connected browser has. */
    protected static final SiteStatus SITE =
            new SiteStatus("moodle.example.edu", "https://moodle.example.edu", SiteStatus.State.SIGNED_IN, null);

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private BrowserDirectory directory;
    private UUID anna;
    private UUID ben;

    /** For the subclass alone. */
    protected BrowserDirectoryContract() {}

    protected abstract BrowserDirectory newDirectory();

    /** An account without browsers, for the directory that was made last. */
    protected abstract UUID newAccount();

    /**
     * Lets a person connect a browser, which is named {@code Browser <id>}, has {@link #SITE} and version {@code 0.1.0}, and
     * was last heard of when it was connected.
     */
    protected abstract void connect(UUID account, String browserId, Instant since);

    /** Lets a connected browser go away; it was last heard of at that time. */
    protected abstract void disconnect(UUID account, String browserId, Instant lastSeen);

    /** Whether its connection is open. */
    protected abstract boolean isConnected(UUID account, String browserId);

    @BeforeEach
    void makeDirectory() {
        directory = newDirectory();
        anna = newAccount();
        ben = newAccount();
    }

    @Test
    @DisplayName("BROWSER-1: a connected browser is listed for its account only, with its times and its sites")
    void browser1() {
        connect(anna, "b-1", NOW);

        assertThat(directory.browsers(anna))
                .containsExactly(new PairedBrowser(
                        "b-1",
                        "Browser b-1",
                        "0.1.0",
                        false,
                        false,
                        new PairedBrowser.Connected(NOW, NOW, List.of(SITE))));
        assertThat(directory.browsers(ben)).isEmpty();
    }

    @Test
    @DisplayName("BROWSER-2: a browser that was connected stays listed, with the time it was last heard of")
    void browser2() {
        connect(anna, "b-1", NOW);
        disconnect(anna, "b-1", NOW.plusSeconds(90));

        assertThat(directory.browsers(anna))
                .containsExactly(new PairedBrowser(
                        "b-1",
                        "Browser b-1",
                        "0.1.0",
                        false,
                        false,
                        new PairedBrowser.Absent(NOW.plusSeconds(90), null)));

        connect(anna, "b-1", NOW.plusSeconds(100));
        assertThat(directory.browsers(anna))
                .singleElement()
                .extracting(PairedBrowser::presence)
                .isInstanceOf(PairedBrowser.Connected.class);
    }

    @Test
    @DisplayName("BROWSER-3: the connected ones come first, the longest first; then the one that was heard of last")
    void browser3() {
        connect(anna, "b-1", NOW.plusSeconds(1));
        disconnect(anna, "b-1", NOW.plusSeconds(10));
        connect(anna, "b-2", NOW.plusSeconds(2));
        disconnect(anna, "b-2", NOW.plusSeconds(20));
        connect(anna, "b-3", NOW.plusSeconds(40));
        connect(anna, "b-4", NOW.plusSeconds(30));

        assertThat(directory.browsers(anna)).extracting(PairedBrowser::id).containsExactly("b-4", "b-3", "b-2", "b-1");
    }

    @Test
    @DisplayName("BROWSER-4: at most one listed browser is the default")
    void browser4() {
        connect(anna, "b-1", NOW);
        connect(anna, "b-2", NOW.plusSeconds(1));
        connect(ben, "b-3", NOW);

        assertThat(directory.chooseDefault(anna, "b-1")).isTrue();
        assertThat(directory.chooseDefault(anna, "b-2")).isTrue();
        assertThat(defaultsOf(anna)).containsExactly("b-2");
        assertThat(directory.chooseDefault(anna, "b-3")).isFalse();
        assertThat(directory.chooseDefault(anna, "b-9")).isFalse();
        assertThat(defaultsOf(anna)).containsExactly("b-2");
        assertThat(defaultsOf(ben)).isEmpty();
        disconnect(anna, "b-2", NOW.plusSeconds(2));
        assertThat(defaultsOf(anna)).containsExactly("b-2");
        directory.clearDefault(anna);
        assertThat(defaultsOf(anna)).isEmpty();
    }

    @Test
    @DisplayName("BROWSER-5: a forgotten browser is listed no more, is no default, and its connection is closed")
    void browser5() {
        connect(anna, "b-1", NOW);
        connect(anna, "b-2", NOW.plusSeconds(1));
        connect(ben, "b-3", NOW);
        directory.chooseDefault(anna, "b-1");

        assertThat(directory.forget(anna, "b-3")).isFalse();
        assertThat(directory.forget(anna, "b-9")).isFalse();
        assertThat(isConnected(ben, "b-3")).isTrue();
        assertThat(directory.browsers(ben)).hasSize(1);

        assertThat(directory.forget(anna, "b-1")).isTrue();
        assertThat(directory.browsers(anna)).extracting(PairedBrowser::id).containsExactly("b-2");
        assertThat(isConnected(anna, "b-1")).isFalse();
        assertThat(isConnected(anna, "b-2")).isTrue();
        assertThat(directory.forget(anna, "b-1")).isFalse();
        assertThat(directory.chooseDefault(anna, "b-1")).isFalse();

        connect(anna, "b-1", NOW.plusSeconds(50));
        assertThat(directory.browsers(anna)).extracting(PairedBrowser::id).containsExactly("b-2", "b-1");
        assertThat(defaultsOf(anna)).isEmpty();
    }

    private List<String> defaultsOf(UUID account) {
        return directory.browsers(account).stream()
                .filter(PairedBrowser::isDefault)
                .map(PairedBrowser::id)
                .toList();
    }
}
