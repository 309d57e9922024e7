package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.write.Ending;
import io.github.moodlemcp.server.write.WriteAnswer;

/** Says what became of the call of one tool that writes. */
final class WriteWording {
    private static final String NEW_KEY =
            " Under the same request_key it would not be carried out again: take a new one to try again.";

    private final OutcomeWording outcomes;
    private final String tool;

    WriteWording(OutcomeWording outcomes, String tool) {
        this.outcomes = outcomes;
        this.tool = tool;
    }

    McpResult.ToolCall word(WriteKey key, WriteAnswer answer) {
        return switch (answer) {
            case WriteAnswer.Ended(var outcome) ->
                switch (Ending.of(outcome)) {
                    case DONE, NOT_DELIVERED -> outcomes.word(tool, outcome);
                    case FAILED, REJECTED ->
                        withAdvice(outcomes.trouble(Errand.call(tool), outcome), key)
                                .toToolCall();
                    case OUTCOME_UNKNOWN -> keyed(withAdvice(outcomes.trouble(Errand.call(tool), outcome), key), key);
                };
            case WriteAnswer.Recorded(var state) -> recorded(state, key);
            case WriteAnswer.NotCarriedOut() ->
                trouble(
                                Ending.NOT_DELIVERED,
                                "The connection to the browser was lost before " + tool
                                        + " had an effect. It is safe to call it again.")
                        .toToolCall();
            case WriteAnswer.WaitingForApproval() -> waiting(key);
            case WriteAnswer.StillRunning() ->
                keyed(
                        trouble(
                                Ending.OUTCOME_UNKNOWN,
                                tool + " began, and its end is not known yet. To hear how it ended, " + repeated(key)
                                        + "; that never carries it out twice. Or check in Moodle."),
                        key);
            case WriteAnswer.OtherArguments() ->
                trouble(
                                Ending.FAILED,
                                "This request_key was used for other arguments, so nothing was sent. Make a new one, then call "
                                        + tool + " again.")
                        .toToolCall();
            case WriteAnswer.NoRecords() ->
                trouble(
                                Ending.NOT_DELIVERED,
                                "The service cannot keep its records now, so nothing was sent. Wait a minute, then call "
                                        + tool + " again.")
                        .toToolCall();
        };
    }

    private McpResult.ToolCall recorded(State state, WriteKey key) {
        return switch (state) {
            case DONE ->
                outcomes.advice(
                        tool + " was carried out already, and not again now. Its result is not kept: read it back "
                                + "from Moodle where you need it.");
            case FAILED ->
                trouble(Ending.FAILED, tool + " was refused before, and nothing was written." + NEW_KEY)
                        .toToolCall();
            case REJECTED ->
                trouble(
                                Ending.REJECTED,
                                tool
                                        + " was refused by the person or by a policy before. Nothing was changed. Do not call it "
                                        + "again unless the person asks for it; then take a new request_key.")
                        .toToolCall();
            case OUTCOME_UNKNOWN ->
                keyed(
                        trouble(
                                Ending.OUTCOME_UNKNOWN,
                                tool + " may or may not have been carried out, and is not carried out again. Check in "
                                        + "Moodle. To write it again, take a new request_key."),
                        key);
            case RUNNING, WAITING_FOR_APPROVAL -> throw new IllegalArgumentException("It has not ended");
        };
    }

    private McpResult.ToolCall waiting(WriteKey key) {
        String sentence = "Not done yet: the browser asks the person whether " + tool
                + " may run. Tell the person that "
                + "the browser waits for their decision, for up to 10 minutes. To hear how it ended, " + repeated(key)
                + "; that never carries it out twice.";
        return keyed(new Trouble(State.WAITING_FOR_APPROVAL.text(), sentence), key);
    }

    private String repeated(WriteKey key) {
        return "call " + tool + " again with the same arguments and request_key " + key.value();
    }

    /** A failure of a call that gave a key is what every repetition would be told. */
    private static Trouble withAdvice(Trouble trouble, WriteKey key) {
        return switch (key) {
            case WriteKey.Given ignored -> new Trouble(trouble.outcome(), trouble.sentence() + NEW_KEY);
            case WriteKey.Made ignored -> trouble;
        };
    }

    private static Trouble trouble(Ending ending, String sentence) {
        return new Trouble(ending.text(), sentence);
    }

    private static McpResult.ToolCall keyed(Trouble trouble, WriteKey key) {
        McpResult.ToolCall told = trouble.toToolCall();
        ObjectNode meta = told.meta().deepCopy().put(MetaKey.REQUEST_KEY, key.value());
        return new McpResult.ToolCall(told.content(), told.structured(), told.isError(), meta);
    }
}
