package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryBrowserDirectory;
import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The directory in memory follows the rules. */
class InMemoryBrowserDirectoryTest extends BrowserDirectoryContract {
    private InMemoryBrowserDirectory memory = new InMemoryBrowserDirectory();

    /** What stands before the directory in memory; itself here, and a faulty one in the broken kits. */
    BrowserDirectory over(InMemoryBrowserDirectory directory) {
        return directory;
    }

    @Override
    protected BrowserDirectory newDirectory() {
        memory = new InMemoryBrowserDirectory();
        return over(memory);
    }

    @Override
    protected UUID newAccount() {
        return UUID.randomUUID();
    }

    @Override
    protected void connect(UUID account, String browserId, Instant since) {
        put(account, browserId, new PairedBrowser.Connected(since, since, List.of(SITE)));
    }

    @Override
    protected void disconnect(UUID account, String browserId, Instant lastSeen) {
        put(account, browserId, new PairedBrowser.Absent(lastSeen, null));
    }

    @Override
    protected boolean isConnected(UUID account, String browserId) {
        return memory.browsers(account).stream()
                .anyMatch(browser ->
                        browser.id().equals(browserId) && browser.presence() instanceof PairedBrowser.Connected);
    }

    private void put(UUID account, String browserId, PairedBrowser.Presence presence) {
        memory.put(account, new PairedBrowser(browserId, "Browser " + browserId, "0.1.0", false, false, presence));
    }
}
