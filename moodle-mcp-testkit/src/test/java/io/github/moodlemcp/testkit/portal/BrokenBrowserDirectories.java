package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryBrowserDirectory;
import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import java.util.List;
import java.util.UUID;

/** Directories with one fault each. */
final class BrokenBrowserDirectories {
    private BrokenBrowserDirectories() {}

    static class ForgetsTheSites extends InMemoryBrowserDirectoryTest {
        @Override
        BrowserDirectory over(InMemoryBrowserDirectory directory) {
            return new Forwarding(directory) {
                @Override
                public List<PairedBrowser> browsers(UUID accountId) {
                    return super.browsers(accountId).stream()
                            .map(browser -> browser.presence() instanceof PairedBrowser.Connected connected
                                    ? with(
                                            browser,
                                            new PairedBrowser.Connected(
                                                    connected.since(), connected.lastSeen(), List.of()))
                                    : browser)
                            .toList();
                }
            };
        }
    }

    static class ListsOnlyTheConnected extends InMemoryBrowserDirectoryTest {
        @Override
        BrowserDirectory over(InMemoryBrowserDirectory directory) {
            return new Forwarding(directory) {
                @Override
                public List<PairedBrowser> browsers(UUID accountId) {
                    return super.browsers(accountId).stream()
                            .filter(browser -> browser.presence() instanceof PairedBrowser.Connected)
                            .toList();
                }
            };
        }
    }

    static class ListsInReverse extends InMemoryBrowserDirectoryTest {
        @Override
        BrowserDirectory over(InMemoryBrowserDirectory directory) {
            return new Forwarding(directory) {
                @Override
                public List<PairedBrowser> browsers(UUID accountId) {
                    return super.browsers(accountId).reversed();
                }
            };
        }
    }

    static class TakesAnyDefault extends InMemoryBrowserDirectoryTest {
        @Override
        BrowserDirectory over(InMemoryBrowserDirectory directory) {
            return new Forwarding(directory) {
                @Override
                public boolean chooseDefault(UUID accountId, String browserId) {
                    super.chooseDefault(accountId, browserId);
                    return true;
                }
            };
        }
    }

    static class ForgetsTheRowOnly extends InMemoryBrowserDirectoryTest {
        @Override
        BrowserDirectory over(InMemoryBrowserDirectory directory) {
            return new Forwarding(directory) {
                private String forgotten = "";

                @Override
                public List<PairedBrowser> browsers(UUID accountId) {
                    return super.browsers(accountId).stream()
                            .filter(browser -> !browser.id().equals(forgotten))
                            .toList();
                }

                @Override
                public boolean forget(UUID accountId, String browserId) {
                    boolean known = browsers(accountId).stream()
                            .anyMatch(browser -> browser.id().equals(browserId));
                    forgotten = known ? browserId : forgotten;
                    return known;
                }
            };
        }
    }

    private static PairedBrowser with(PairedBrowser browser, PairedBrowser.Presence presence) {
        return new PairedBrowser(
                browser.id(),
                browser.name(),
                browser.extensionVersion(),
                browser.isOutdated(),
                browser.isDefault(),
                presence);
    }

    private abstract static class Forwarding implements BrowserDirectory {
        private final BrowserDirectory directory;

        Forwarding(BrowserDirectory directory) {
            this.directory = directory;
        }

        @Override
        public List<PairedBrowser> browsers(UUID accountId) {
            return directory.browsers(accountId);
        }

        @Override
        public boolean chooseDefault(UUID accountId, String browserId) {
            return directory.chooseDefault(accountId, browserId);
        }

        @Override
        public void clearDefault(UUID accountId) {
            directory.clearDefault(accountId);
        }

        @Override
        public boolean forget(UUID accountId, String browserId) {
            return directory.forget(accountId, browserId);
        }
    }
}
