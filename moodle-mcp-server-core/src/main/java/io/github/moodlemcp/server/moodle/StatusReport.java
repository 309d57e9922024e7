package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.KnownBrowser;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the truth about each browser of the caller: every connected one is asked now, all at the same time. Of one that does
 * not answer it says so, and what it last said is not told as the present; of one that is not connected it says since when
 * and why.
 */
final class StatusReport {
    private static final String GET_STATUS = "get_status";
    private static final Duration PROBE_WAIT = Duration.ofSeconds(15);

    private final CommandRouter router;
    private final ServerOptions options;
    private final SecureRandom random;
    private final Waiting waiting;

    StatusReport(CommandRouter router, ServerOptions options, SecureRandom random, Waiting waiting) {
        this.router = router;
        this.options = options;
        this.random = random;
        this.waiting = waiting;
    }

    /**
     * The report.
     *
     * @param browsers each browser as JSON
     * @param advice what the person should do, in our own words
     */
    record Report(JsonNode browsers, String advice) {}

    /** A browser that was asked. */
    private record Probe(ConnectedBrowser browser, CommandId id, CompletionStage<CommandOutcome> outcome) {}

    /**
     * Asks the connected browsers.
     *
     * @param known what is remembered of the caller's browsers; those among them that are not connected are told too
     * @param preferred the id of the person's default browser, or null
     */
    Report of(
            List<ConnectedBrowser> connected, List<KnownBrowser> known, @Nullable String preferred, Deadline deadline) {
        Deadline probeDeadline = deadline.butAtMost(PROBE_WAIT);
        List<Probe> probes =
                connected.stream().map(browser -> probe(browser, probeDeadline)).toList();
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ArrayNode browsers = report.putArray("browsers");
        for (Probe probe : probes) {
            CommandOutcome outcome = waiting.forOutcome(
                    probe.outcome(),
                    probeDeadline,
                    () -> router.cancel(probe.browser().id(), probe.id()));
            browsers.add(describe(probe.browser(), outcome, preferred));
        }
        Set<String> asked =
                connected.stream().map(browser -> browser.id().browser()).collect(Collectors.toSet());
        known.stream()
                .filter(browser -> !asked.contains(browser.id()))
                .forEach(browser -> browsers.add(describe(browser, preferred)));
        boolean anyConnected = browsers.valueStream()
                .anyMatch(browser -> browser.get("connected").booleanValue());
        report.put("connected", anyConnected);
        return new Report(report, UntrustedText.cleaned(advice(browsers, anyConnected)));
    }

    private Probe probe(ConnectedBrowser browser, Deadline deadline) {
        CommandId id = CommandId.random(random);
        Command question = new Command(id, GET_STATUS, JsonNodeFactory.instance.objectNode(), null, SideEffect.READ);
        return new Probe(browser, id, router.route(browser.id(), question, deadline));
    }

    private ObjectNode describe(ConnectedBrowser browser, CommandOutcome outcome, @Nullable String preferred) {
        boolean isGone =
                outcome instanceof CommandOutcome.NotConnected || outcome instanceof CommandOutcome.Disconnected;
        ObjectNode node = named(browser.id().browser(), browser.name(), browser.extensionVersion(), preferred);
        node.put("connected", !isGone);
        if (isGone) {
            return node.put("last_seen", BrowserNames.time(browser.lastSeen())).put("why", "gone");
        }
        node.put("connected_since", BrowserNames.time(browser.connectedSince()));
        if (outcome instanceof CommandOutcome.Completed(var result)
                && result.path("sites").isArray()) {
            node.put("answers", true).set("sites", result.get("sites"));
            return node;
        }
        node.put("answers", false).put("last_seen", BrowserNames.time(browser.lastSeen()));
        ArrayNode sites = node.putArray("sites_when_last_seen");
        for (SiteState site : browser.sites()) {
            ObjectNode entry = sites.addObject()
                    .put("site", site.site())
                    .put("url", site.url())
                    .put("state", site.state());
            if (site.checkedAt() != null) {
                entry.put("checked_at", site.checkedAt());
            }
        }
        return node;
    }

    private ObjectNode describe(KnownBrowser browser, @Nullable String preferred) {
        ObjectNode node = named(browser.id(), browser.name(), browser.extensionVersion(), preferred)
                .put("connected", false)
                .put("last_seen", BrowserNames.time(browser.lastSeen()))
                .put("why", why(browser.ended()));
        if (browser.ended() == CloseReason.VERSION_TOO_OLD) {
            node.put("needs_update", true);
        }
        return node;
    }

    private ObjectNode named(String id, String name, String extensionVersion, @Nullable String preferred) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("extension_version", extensionVersion)
                .put("default", id.equals(preferred));
        if (options.isOutdated(extensionVersion)) {
            node.put("needs_update", true);
        }
        return node;
    }

    /** Why a browser is not connected, in a word. */
    private static String why(@Nullable CloseReason ended) {
        return switch (ended) {
            case null -> "gone";
            case VERSION_TOO_OLD -> "too_old";
            case SUPERSEDED -> "taken_over";
            case UNAUTHENTICATED -> "signed_out_of_service";
            case TOO_MANY_CONNECTIONS -> "too_many_browsers";
            case TOO_MANY_FRAMES, TOO_MANY_BYTES, TOO_BIG, PROTOCOL_VIOLATION -> "misbehaved";
            case SILENT -> "silent";
            case RESTART -> "service_restarted";
            case OVERLOADED, ADDRESS_FULL, TOO_MANY_FAILURES -> "service_overloaded";
        };
    }

    private String advice(ArrayNode browsers, boolean anyConnected) {
        List<String> advice = new ArrayList<>();
        if (!anyConnected) {
            advice.add("No browser is connected. Open the browser that has the Moodle MCP extension and check that its "
                    + "window says “Connected”; how to install it: " + options.publicUrl() + "/extension");
        }
        for (JsonNode browser : browsers) {
            String name = BrowserNames.name(browser.get("name").asText());
            if (browser.path("needs_update").booleanValue()) {
                advice.add("The extension in " + name + " is too old: ask the person to update it.");
            }
            if (browser.get("connected").booleanValue()) {
                adviseOn(browser, name, advice);
            } else if (browser.get("default").booleanValue()) {
                advice.add(name + ", the person's default browser, is not connected; it was last heard of "
                        + browser.get("last_seen").asText() + ".");
            }
        }
        return advice.isEmpty() ? "Everything is ready." : String.join(" ", advice);
    }

    private static void adviseOn(JsonNode browser, String name, List<String> advice) {
        if (!browser.get("answers").booleanValue()) {
            advice.add(name + " is connected but did not answer now; how its sites stand is not known.");
            return;
        }
        if (browser.get("sites").isEmpty()) {
            advice.add("No Moodle site is added in " + name + ": choose “Add this Moodle” there.");
        }
        for (JsonNode site : browser.get("sites")) {
            if (!"signed_in".equals(site.path("state").asText())) {
                advice.add(site.path("site").asText() + ": "
                        + forState(site.path("state").asText()));
            }
        }
    }

    private static String forState(String state) {
        return switch (state) {
            case "signed_out" -> "sign in there, in that browser.";
            case "other_user" ->
                "another person is signed in there than before; open the extension's window to accept them or sign in "
                        + "again.";
            case "no_permission" -> "allow the extension to use the site, in the extension's window.";
            case "unreachable" -> "the site does not answer; check that it opens in that browser.";
            case "maintenance" -> "the site is in maintenance mode; try later.";
            default -> "the state is not known; open the site in that browser.";
        };
    }
}
