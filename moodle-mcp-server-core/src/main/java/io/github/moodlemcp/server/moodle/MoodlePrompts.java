package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Prompt;
import io.github.moodlemcp.protocol.mcp.PromptMessage;
import io.github.moodlemcp.server.feature.Completer;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedPrompt;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Prompts for what students do most. They hold no data: they tell a model which tools to use, in which order, and what it
 * must not do. What a person fills in may be the name of a course, which others wrote, so it is quoted and kept short.
 */
final class MoodlePrompts {
    private static final int MAX_ARGUMENT_LENGTH = 200;
    private static final String DEFAULT_DAYS = "14";
    private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,2}");
    private static final List<Proposal> USUAL_DAYS =
            List.of(new Proposal("7", List.of()), new Proposal("14", List.of()), new Proposal("30", List.of()));

    private final String scope;
    private final MoodleCompletions completions;

    /** @param scope what callers need to see the prompts */
    MoodlePrompts(String scope, MoodleCompletions completions) {
        this.scope = scope;
        this.completions = completions;
    }

    List<ServedPrompt> all() {
        return List.of(whatIsDue(), planMyWeek(), summariseCourse(), prepareForExam());
    }

    private ServedPrompt whatIsDue() {
        return served(
                "what_is_due",
                "What is due",
                "Lists what is due in my courses within the next days.",
                List.of(new Prompt.Argument(
                        "days", "How many days to look ahead, from 1 to 999; 14 by default.", false)),
                Map.of("days", (typed, others, call) -> Proposal.fitting(USUAL_DAYS, typed)),
                arguments -> PromptTexts.whatIsDue(days(arguments)));
    }

    private ServedPrompt planMyWeek() {
        return served(
                "plan_my_week",
                "Plan my week",
                "Makes a plan for the coming seven days from what is due in my courses.",
                List.of(),
                Map.of(),
                arguments -> PromptTexts.planMyWeek());
    }

    private ServedPrompt summariseCourse() {
        return served(
                "summarise_course",
                "Summarise a course",
                "Summarises one of my courses: what it is about, how it is built, and where I stand.",
                List.of(courseArgument()),
                Map.of("course", completions::courseNames),
                arguments -> PromptTexts.summariseCourse(quotable(arguments, "course")));
    }

    private ServedPrompt prepareForExam() {
        return served(
                "prepare_for_exam",
                "Prepare for an exam",
                "Makes a plan to prepare for an exam from what is in the course.",
                List.of(
                        courseArgument(),
                        new Prompt.Argument(
                                "exam", "The date or the name of the exam, such as 2027-02-11 or final exam.", false)),
                Map.of("course", completions::courseNames),
                arguments -> PromptTexts.prepareForExam(
                        quotable(arguments, "course"),
                        arguments.containsKey("exam") ? quotable(arguments, "exam") : ""));
    }

    private static Prompt.Argument courseArgument() {
        return new Prompt.Argument("course", "The course: its name, its short name or its id.", true);
    }

    private ServedPrompt served(
            String name,
            String title,
            String description,
            List<Prompt.Argument> arguments,
            Map<String, Completer> completers,
            Function<Map<String, String>, String> text) {
        return new ServedPrompt(
                new Prompt(name, title, description, arguments),
                scope,
                (given, call) -> new McpResult.PromptGet(
                        description,
                        List.of(new PromptMessage(PromptMessage.Role.USER, new ContentBlock.Text(text.apply(given))))),
                completers);
    }

    private static String days(Map<String, String> arguments) {
        String given = arguments.getOrDefault("days", "").strip();
        if (given.isEmpty()) {
            return DEFAULT_DAYS;
        }
        if (!DAYS.matcher(given).matches()) {
            throw unfit("days must be a whole number from 1 to 999");
        }
        return given;
    }

    /** The argument as it may stand in quotation marks, inside a line. */
    private static String quotable(Map<String, String> arguments, String name) {
        String line = UntrustedText.line(arguments.getOrDefault(name, ""), MAX_ARGUMENT_LENGTH)
                .replace('"', '\'');
        if (line.isEmpty() && name.equals("course")) {
            throw unfit("course is empty; give the name, the short name or the id of a course");
        }
        return line;
    }

    private static McpError unfit(String why) {
        return new McpError(JsonRpcErrorCode.INVALID_PARAMS, "Invalid params: " + why, null);
    }
}
