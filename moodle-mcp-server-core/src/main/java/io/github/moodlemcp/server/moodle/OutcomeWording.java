package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.spi.KnownBrowser;
import io.github.moodlemcp.server.write.Ending;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a sentence for the model, and in {@code _meta} for programs, what became of a tool call. */
final class OutcomeWording {
    /** The detail of a refusal because the person paused everything. */
    private static final String PAUSED = "paused";

    private final URI publicUrl;
    private final SecureRandom random;

    OutcomeWording(URI publicUrl, SecureRandom random) {
        this.publicUrl = publicUrl;
        this.random = random;
    }

    McpResult.ToolCall word(String tool, CommandOutcome outcome) {
        return outcome instanceof CommandOutcome.Completed(var result)
                ? done(result)
                : trouble(Errand.call(tool), outcome).toToolCall();
    }

    /**
     * Says why there is no result.
     *
     * @throws IllegalArgumentException if there is one
     */
    Trouble trouble(Errand errand, CommandOutcome outcome) {
        return new Trouble(Ending.of(outcome).text(), sentence(errand, outcome));
    }

    private String sentence(Errand errand, CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Completed ignored -> throw new IllegalArgumentException("The command was completed");
            case CommandOutcome.Failed(var reason, var claimed) ->
                claimed && !reason.provesRefusal()
                        ? unknown(errand, "it had begun, and what came of it is not known")
                        : sentence(errand, reason);
            case CommandOutcome.Rejected(var reason)
            when PAUSED.equals(reason.detail()) ->
                "The person has paused Moodle MCP in the browser, so nothing is read or written. Do not "
                        + errand.itAgain() + " before they say that they switched it on again.";
            case CommandOutcome.Rejected ignored ->
                errand.name() + " was refused by the person or by a policy. Nothing was changed. Do not "
                        + errand.itAgain() + " unless the person asks for it.";
            case CommandOutcome.NotConnected() ->
                notConnected(errand, List.of()).sentence();
            case CommandOutcome.Overloaded(var retryAfter) ->
                "The browser is busy with many calls, and this one was not sent. Wait "
                        + Math.max(1, retryAfter.toSeconds()) + " s, then " + errand.again() + ".";
            case CommandOutcome.Disconnected(var claimed) ->
                claimed
                        ? unknown(errand, "the connection to the browser was lost while it ran")
                        : "The connection to the browser was lost before " + errand.name()
                                + " had an effect. It is safe to " + errand.itAgain()
                                + "; the browser usually reconnects within 30 s.";
            case CommandOutcome.TimedOut(var claimed) ->
                claimed
                        ? unknown(errand, "no answer came in time")
                        : "The browser did not answer in time, and nothing was changed. Call get_status to see whether "
                                + "the Moodle site answers, then " + errand.again() + ".";
        };
    }

    /**
     * No browser of the caller is connected.
     *
     * @param known those that were, the last heard of first
     */
    Trouble notConnected(Errand errand, List<KnownBrowser> known) {
        String before = known.isEmpty() ? "" : "Known are: " + BrowserNames.known(known.stream()) + ". ";
        String outdated = known.stream().anyMatch(browser -> browser.ended() == CloseReason.VERSION_TOO_OLD)
                ? "The extension of one of them is too old to connect; ask the person to update it. "
                : "";
        return new Trouble(
                "not_delivered",
                "No browser is connected. " + before + outdated
                        + "Ask the person to open the browser that has the Moodle MCP extension and to check "
                        + "that its window says “Connected” (how to install it: " + publicUrl + "/extension). Then "
                        + errand.again() + ".");
    }

    /** It is not clear which browser is meant; {@code question} says what to change. */
    Trouble unclear(String question) {
        return new Trouble("not_delivered", question);
    }

    McpResult.ToolCall done(JsonNode result) {
        return done(UntrustedText.fenced(result, random));
    }

    /** It was done, and this is to be said about it. */
    McpResult.ToolCall advice(String sentence) {
        return done(sentence);
    }

    /** What is connected, with our advice outside the markers. */
    McpResult.ToolCall status(StatusReport.Report report) {
        return done(report.advice() + "\n" + UntrustedText.fenced(report.browsers(), random));
    }

    /** The result with a note before its text; itself when there is none. */
    static McpResult.ToolCall noted(@Nullable String note, McpResult.ToolCall result) {
        if (note == null) {
            return result;
        }
        List<ContentBlock> content = new ArrayList<>(result.content());
        content.addFirst(new ContentBlock.Text(note));
        return new McpResult.ToolCall(content, result.structured(), result.isError(), result.meta());
    }

    private static McpResult.ToolCall done(String text) {
        ObjectNode meta = JsonNodeFactory.instance.objectNode().put(MetaKey.OUTCOME, "done");
        return new McpResult.ToolCall(List.of(new ContentBlock.Text(text)), null, false, meta);
    }

    private static String unknown(Errand errand, String why) {
        return errand.name() + " may or may not have been carried out: " + why + ". Check in Moodle before you "
                + errand.itAgain() + ".";
    }

    private static String sentence(Errand errand, FailureReason reason) {
        String site = reason.site() == null ? "the Moodle site" : UntrustedText.cleaned(reason.site());
        String again = " Then " + errand.again() + ".";
        return switch (reason.reason()) {
            case "no_site" ->
                "No Moodle site has been added in the browser extension. Ask the person to open the extension's window and "
                        + "choose “Add this Moodle”." + again;
            case "several_sites" ->
                "Several Moodle sites are added: " + sites(reason) + ". Say which one with the argument site." + again;
            case "unknown_site" ->
                "The Moodle site that was named is not added in the browser extension. Added are: " + sites(reason)
                        + ". Choose one of them." + again;
            case "no_permission" ->
                "The browser does not let the extension use " + site
                        + ". Ask the person to open the extension's window and " + "to allow access to that site."
                        + again;
            case "signed_out" ->
                "Nobody is signed in to " + site
                        + " in the browser. Ask the person to sign in there, in that same browser." + again;
            case "site_changed_user" ->
                "Another person is signed in to " + site
                        + " now than before. Ask the person to check which account is signed " + "in there." + again;
            case "person_needed" ->
                site
                        + " wants something from the person first, such as agreement to a policy, a new password or a second "
                        + "factor. Ask them to open the site in that browser and to do what it asks." + again;
            case "not_found" ->
                "There is no such item on " + site + ", or the person may not see it. Take ids from list_courses."
                        + again;
            case "moodle_refused" ->
                site + " refused the request" + (reason.detail() == null ? "" : " (" + reason.detail() + ")")
                        + ". The person may lack the right to see this; try something else or ask them to look in Moodle.";
            case "unsupported_by_site" ->
                "The Moodle version of " + site + " does not offer what " + errand.name()
                        + " needs. There is nothing to retry.";
            case "maintenance" -> site + " is in maintenance mode. Try again later.";
            case "unreachable" ->
                site + " did not answer the browser. Ask the person to check whether the site opens there." + again;
            case "unexpected_answer" ->
                site
                        + " answered with something that is not Moodle's, perhaps a sign-in or firewall page. Ask the person to "
                        + "open the site in that browser and look." + again;
            case "busy" -> "Too many calls wait for " + site + ". Wait a few seconds, then " + errand.again() + ".";
            case "unknown_operation" ->
                "The browser extension is too old for " + errand.name() + ". Ask the person to update it.";
            case "invalid_arguments" ->
                "The extension did not accept the arguments"
                        + (reason.detail() == null ? "" : ", because of " + reason.detail())
                        + ". Check them against the description." + again;
            case "cancelled", "expired" ->
                ("approval".equals(reason.detail())
                                ? "The person did not decide in time whether " + errand.name()
                                        + " may run, so nothing was changed."
                                : errand.name() + " was stopped before it had an effect.")
                        + again;
            default ->
                "The browser extension could not carry out " + errand.name()
                        + " because of a defect. Try again once; if it "
                        + "stays, ask the person to reload the extension.";
        };
    }

    private static String sites(FailureReason reason) {
        return UntrustedText.cleaned(String.join(", ", reason.sites()));
    }
}
