package io.github.moodlemcp.portal;

import io.github.moodlemcp.portal.oauth.ExtensionClientSamples;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import io.github.moodlemcp.portal.spi.PairedBrowser.Reason;
import io.github.moodlemcp.portal.spi.SiteStatus;
import io.github.moodlemcp.portal.spi.SiteStatus.State;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Serves the portal with made-up people, to look at its pages. Prints a link for each scene; a link signs in once.
 * Ends when its input ends.
 */
final class PortalPreview {
    private PortalPreview() {}

    public static void main(String[] arguments) throws Exception {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8090;
        try (PortalServer server = PortalServer.startOn(port, settings -> settings);
                PortalServer others = PortalServer.startOn(port + 1, PortalPreview::withProviders)) {
            for (int i = 0; i < 3; i++) {
                printScenes(server, i);
            }
            printProviders(others);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void printScenes(PortalServer server, int round) {
        UUID busy = server.account("mira.lindqvist" + round + "@example.org");
        server.portal().apiKeys().create(busy, "Laptop, Claude Code");
        server.portal().apiKeys().create(busy, "<b>Cursor</b> at the university with a very long name indeed");
        server.put(
                busy,
                browser("Chrome on Linux", "0.1.0", connected(5, sites())),
                browser("Firefox on Windows", "0.0.9", connected(3, List.of())),
                browser("Edge on Windows in the office with a rather long name", "0.1.0", connected(45, sites())),
                browser("Chromium on Linux", "0.1.0", absent(4000, null)),
                browser("Old laptop", "0.0.1", absent(90_000, Reason.TOO_OLD)),
                browser("Firefox on Linux", "0.1.0", absent(700_000, Reason.TAKEN_OVER)));
        server.stores().browsers().chooseDefault(busy, "id-Chrome on Linux");
        UUID idle = server.account("idle" + round + "@example.org");
        server.portal().apiKeys().create(idle, "Old key");
        String authorize = "/authorize?" + ExtensionClientSamples.query("state-1");
        print("landing", server.base());
        print("sign-in", server.base().resolve("/sign-in"));
        print("sign-in-connecting", URI.create(server.base() + "/sign-in?return=" + encoded(authorize)));
        print("spent", server.base().resolve("/sign-in?link=spent"));
        print("welcome", link(server, server.account("new" + round + "@example.org"), ""));
        print("dashboard", link(server, busy, ""));
        print("dashboard-idle", link(server, idle, ""));
        print("extension", link(server, busy, "/extension"));
        print("authorize", link(server, busy, authorize));
        print("error", server.base().resolve("/nowhere"));
    }

    /** Providers that nobody can reach, so that the page says so. */
    private static PortalOptions.Builder withProviders(PortalOptions.Builder settings) {
        return settings.providers(List.of(
                IdentityProvider.google("id", "secret"),
                IdentityProvider.openId(
                        "uni",
                        "the University of Somewhere with a Long Name",
                        URI.create("https://login.invalid"),
                        "id",
                        "secret")));
    }

    private static void printProviders(PortalServer server) {
        UUID account = server.account("mira.lindqvist@example.org");
        server.portal().apiKeys().create(account, "Laptop");
        server.stores()
                .accounts()
                .link(account, new Identity("https://accounts.google.com", "1"), "mira@gmail.example", Instant.now());
        server.stores()
                .accounts()
                .link(account, new Identity("https://login.invalid", "m"), "mira.lindqvist@example.org", Instant.now());
        print("providers", server.base().resolve("/sign-in"));
        print("provider-down", server.base().resolve("/sign-in/uni"));
        print("account", link(server, account, "/account"));
    }

    private static URI link(PortalServer server, UUID account, String path) {
        URI link = server.portal().oneTimeLinks().create(account);
        return path.isEmpty() ? link : URI.create(link + "&return=" + encoded(path));
    }

    private static PairedBrowser browser(String name, String version, PairedBrowser.Presence presence) {
        return new PairedBrowser("id-" + name, name, version, version.equals("0.0.9"), false, presence);
    }

    private static PairedBrowser.Presence connected(int silentSeconds, List<SiteStatus> sites) {
        return new PairedBrowser.Connected(
                Instant.now().minusSeconds(8000), Instant.now().minusSeconds(silentSeconds), sites);
    }

    private static PairedBrowser.Presence absent(int seconds, @Nullable Reason reason) {
        return new PairedBrowser.Absent(Instant.now().minusSeconds(seconds), reason);
    }

    private static List<SiteStatus> sites() {
        return List.of(
                site("moodle.example.edu/moodle", State.SIGNED_IN),
                site("learn.long-name-of-a-faculty.university.example.org", State.SIGNED_OUT),
                site("old.example.org", State.UNREACHABLE));
    }

    private static SiteStatus site(String name, State state) {
        return new SiteStatus(name, "https://" + name, state, Instant.now());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void print(String scene, URI address) {
        System.out.println(scene + " " + address);
    }
}
