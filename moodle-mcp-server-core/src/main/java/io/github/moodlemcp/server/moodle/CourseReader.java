package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.McpError;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a course in a browser, page after page, as the tool {@code get_course} gives it. */
final class CourseReader {

    /** Together as much text as the largest clients take in one result. */
    static final int MAX_PAGES = 10;

    /** With less time left no further page is begun. */
    private static final Duration TIME_FOR_A_PAGE = Duration.ofSeconds(10);

    /** What is said of a result without a course in it. */
    private static final FailureReason NO_COURSE = new FailureReason("internal");

    private final BrowserCalls browsers;
    private final ToolDefinition getCourse;
    private final OutcomeWording wording;

    CourseReader(BrowserCalls browsers, ToolDefinition getCourse, OutcomeWording wording) {
        this.browsers = browsers;
        this.getCourse = getCourse;
        this.wording = wording;
    }

    /**
     * A course, or its beginning.
     *
     * @param course what is said of the course as a whole
     * @param sections with their activities; a section that was spread over pages is one again
     * @param end how far it was read
     */
    record Course(JsonNode course, ArrayNode sections, Coverage end) {}

    /** Which course is read. */
    record Address(BridgeId bridge, String site, long id) {}

    /**
     * Reads.
     *
     * @param enough ends the reading after the first page it accepts
     * @return nothing when there is no such course
     * @throws McpError if the browser or Moodle does not answer with one
     */
    Optional<Course> read(Address address, McpCall call, Predicate<JsonNode> enough) {
        ArrayNode sections = JsonNodeFactory.instance.arrayNode();
        JsonNode first = null;
        int offset = 0;
        for (int page = 1; ; page++) {
            Optional<JsonNode> read = readPage(address, offset, call);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            JsonNode result = read.get();
            first = first == null ? result : first;
            result.path("sections").forEach(section -> append(sections, section));
            Coverage coverage = Coverage.of(result);
            boolean goesOn = coverage.more()
                    && page < MAX_PAGES
                    && !call.isCancelled()
                    && call.deadline().remaining().compareTo(TIME_FOR_A_PAGE) > 0;
            if (!goesOn || enough.test(result)) {
                return Optional.of(new Course(first.path("course"), sections, coverage));
            }
            offset = coverage.next();
        }
    }

    private Optional<JsonNode> readPage(Address address, int offset, McpCall call) {
        ObjectNode arguments = JsonNodeFactory.instance
                .objectNode()
                .put("course_id", address.id())
                .put("offset", offset)
                .put("site", address.site());
        return switch (browsers.run(address.bridge(), getCourse, arguments, call)) {
            case CommandOutcome.Completed(var result)
            when result.path("course").isObject() && result.path("sections").isArray() -> Optional.of(result);
            case CommandOutcome.Completed ignored -> throw trouble(new CommandOutcome.Failed(NO_COURSE, false));
            case CommandOutcome.Failed(var reason, var claimed)
            when reason.reason().equals("not_found") -> Optional.empty();
            case CommandOutcome other -> throw trouble(other);
        };
    }

    private McpError trouble(CommandOutcome outcome) {
        return wording.trouble(Errand.readResource(), outcome).toError();
    }

    private static void append(ArrayNode sections, JsonNode section) {
        if (sections.get(sections.size() - 1) instanceof ObjectNode last
                && last.path("id").equals(section.path("id"))
                && last.path("number").equals(section.path("number"))) {
            section.path("activities").forEach(last.withArrayProperty("activities")::add);
        } else {
            sections.add(section.deepCopy());
        }
    }
}
