package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.protocol.bridge.SiteState;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Tells the truth about each connected browser: every one is asked now, all at the same time, and one that does not answer
 * is reported so, with what it last said.
 */
final class StatusReport {
    private static final String GET_STATUS = "get_status";
    private static final Duration PROBE_WAIT = Duration.ofSeconds(15);

    private final CommandRouter router;
    private final URI publicUrl;
    private final SecureRandom random;

    StatusReport(CommandRouter router, URI publicUrl, SecureRandom random) {
        this.router = router;
        this.publicUrl = publicUrl;
        this.random = random;
    }

    /**
     * The report.
     *
     * @param browsers each browser as JSON
     * @param advice what the person should do, in our own words
     */
    record Report(JsonNode browsers, String advice) {}

    Report of(List<ConnectedBrowser> connected, Deadline deadline) {
        Deadline probeDeadline = deadline.butAtMost(PROBE_WAIT);
        List<CompletionStage<CommandOutcome>> probes = new ArrayList<>();
        List<CommandId> ids = new ArrayList<>();
        for (ConnectedBrowser browser : connected) {
            CommandId id = CommandId.random(random);
            ids.add(id);
            probes.add(router.route(
                    browser.id(),
                    new Command(id, GET_STATUS, JsonNodeFactory.instance.objectNode(), null, SideEffect.READ),
                    probeDeadline));
        }
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("connected", !connected.isEmpty());
        ArrayNode browsers = report.putArray("browsers");
        for (int i = 0; i < connected.size(); i++) {
            ConnectedBrowser browser = connected.get(i);
            CommandId id = ids.get(i);
            CommandOutcome outcome =
                    Waiting.forOutcome(probes.get(i), probeDeadline, () -> router.cancel(browser.id(), id));
            browsers.add(describe(browser, outcome));
        }
        return new Report(report, UntrustedText.cleaned(advice(browsers)));
    }

    private static ObjectNode describe(ConnectedBrowser browser, CommandOutcome outcome) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", browser.id().browser())
                .put("name", browser.name())
                .put("extension_version", browser.extensionVersion())
                .put("connected_since", browser.connectedSince().toString())
                .put("last_seen", browser.lastSeen().toString());
        if (outcome instanceof CommandOutcome.Completed(var result)
                && result.path("sites").isArray()) {
            node.put("answers", true).set("sites", result.get("sites"));
            return node;
        }
        node.put("answers", false);
        ArrayNode sites = node.putArray("sites");
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

    private String advice(ArrayNode browsers) {
        if (browsers.isEmpty()) {
            return "No browser is connected. Open the browser that has the Moodle MCP extension and check that its window "
                    + "says “Connected”; how to install it: " + publicUrl + "/extension";
        }
        List<String> advice = new ArrayList<>();
        for (JsonNode browser : browsers) {
            if (!browser.get("answers").booleanValue()) {
                advice.add(browser.get("name").asText()
                        + " is connected but did not answer; its sites may be out of date.");
            }
            if (browser.get("sites").isEmpty()) {
                advice.add("No Moodle site is added in " + browser.get("name").asText()
                        + ": choose “Add this Moodle” there.");
            }
            for (JsonNode site : browser.get("sites")) {
                if (!"signed_in".equals(site.path("state").asText())) {
                    advice.add(site.path("site").asText() + ": "
                            + forState(site.path("state").asText()));
                }
            }
        }
        return advice.isEmpty() ? "Everything is ready." : advice.stream().collect(Collectors.joining(" "));
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
