package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.server.feature.McpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Proposes the person's sites, courses and activities, as their browser finds them at that moment. What cannot be found in
 * time is not proposed; nothing of it is an error.
 */
final class MoodleCompletions {
    private static final int COURSES_A_PAGE = 200;
    private static final int MAX_SITES = 4;
    private static final int MAX_NAME_LENGTH = 120;

    /** In these states a site lists no courses. */
    private static final Set<String> SILENT_STATES =
            Set.of("signed_out", "no_permission", "unreachable", "maintenance");

    private final BrowserCalls browsers;
    private final SharedReads reads;
    private final ToolDefinition listCourses;
    private final ToolDefinition getCourse;
    private final Waiting waiting;

    MoodleCompletions(
            BrowserCalls browsers,
            SharedReads reads,
            ToolDefinition listCourses,
            ToolDefinition getCourse,
            Waiting waiting) {
        this.browsers = browsers;
        this.reads = reads;
        this.listCourses = listCourses;
        this.getCourse = getCourse;
        this.waiting = waiting;
    }

    /** A site, and the browser to ask about it. */
    private record Place(BridgeId bridge, String site) {}

    /** Completes the name of a course to one with its id, such as {@code Biology (id 5)}. */
    List<String> courseNames(String typed, Map<String, String> others, McpCall call) {
        Deadline deadline = deadline(call);
        List<Place> places = places(call, deadline).stream().limit(MAX_SITES).toList();
        List<CompletionStage<List<JsonNode>>> asked =
                places.stream().map(this::courses).toList();
        List<Proposal> proposals = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String where =
                    places.size() == 1 ? "" : " on " + oneLine(places.get(i).site());
            for (JsonNode course : entries(asked.get(i), "/courses", deadline)) {
                String value = oneLine(course.path("name").asText()) + " (id "
                        + course.path("id").asLong() + where + ")";
                proposals.add(new Proposal(value, names(course)));
            }
        }
        return Proposal.fitting(proposals, typed);
    }

    /** Completes the id or the name of a course of the {@code site} among the other variables to the id. */
    List<String> courseIds(String typed, Map<String, String> others, McpCall call) {
        Deadline deadline = deadline(call);
        return place(others, call, deadline)
                .map(place -> Proposal.fitting(byId(entries(courses(place), "/courses", deadline)), typed))
                .orElse(List.of());
    }

    /** Completes the id or the name of an activity in the course {@code id} among the other variables to the id. */
    List<String> activityIds(String typed, Map<String, String> others, McpCall call) {
        Deadline deadline = deadline(call);
        Optional<Long> course = MoodleResources.id(others, "id");
        Optional<Place> place = place(others, call, deadline);
        if (course.isEmpty() || place.isEmpty()) {
            return List.of();
        }
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("course_id", course.get());
        List<JsonNode> sections = entries(read(place.get(), getCourse, arguments), "/sections", deadline);
        List<JsonNode> activities = sections.stream()
                .flatMap(section -> section.path("activities").valueStream())
                .toList();
        return Proposal.fitting(byId(activities), typed);
    }

    /** Completes the host and path of a site that some connected browser has. */
    List<String> sites(String typed, Map<String, String> others, McpCall call) {
        List<Proposal> proposals = browsers.connected(call, deadline(call)).stream()
                .flatMap(browser -> browser.sites().stream())
                .map(site -> new Proposal(oneLine(site.site()), List.of()))
                .toList();
        return Proposal.fitting(proposals, typed);
    }

    private static Deadline deadline(McpCall call) {
        return call.deadline().butAtMost(SharedReads.PATIENCE);
    }

    private List<Place> places(McpCall call, Deadline deadline) {
        List<ConnectedBrowser> connected = browsers.connected(call, deadline);
        String preferred = connected.size() > 1 ? browsers.preferred(call) : null;
        return connected.stream()
                .flatMap(browser -> browser.sites().stream())
                .filter(site -> !SILENT_STATES.contains(site.state()))
                .map(SiteState::site)
                .distinct()
                .flatMap(site -> BrowserChoice.forSite(connected, site, preferred)
                                instanceof BrowserChoice.Chosen(var browser, var note)
                        ? Stream.of(new Place(browser.id(), site))
                        : Stream.empty())
                .toList();
    }

    /** The site that is named, else the only one. */
    private Optional<Place> place(Map<String, String> others, McpCall call, Deadline deadline) {
        List<Place> all = places(call, deadline);
        String site = others.get("site");
        if (site == null) {
            return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
        }
        return all.stream().filter(place -> place.site().equals(site)).findFirst();
    }

    private CompletionStage<List<JsonNode>> courses(Place place) {
        return read(place, listCourses, JsonNodeFactory.instance.objectNode().put("limit", COURSES_A_PAGE));
    }

    private CompletionStage<List<JsonNode>> read(Place place, ToolDefinition tool, ObjectNode arguments) {
        return reads.pages(new SharedReads.Reading(place.bridge(), place.site(), tool, arguments));
    }

    private List<JsonNode> entries(CompletionStage<List<JsonNode>> pages, String where, Deadline deadline) {
        return waiting.forValue(pages, deadline, List.of()).stream()
                .flatMap(page -> page.at(where).valueStream())
                .toList();
    }

    private static List<Proposal> byId(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> new Proposal(entry.path("id").asText(), names(entry)))
                .toList();
    }

    private static List<String> names(JsonNode entry) {
        return List.of(
                oneLine(entry.path("name").asText()),
                oneLine(entry.path("short_name").asText()));
    }

    private static String oneLine(String text) {
        return UntrustedText.line(text, MAX_NAME_LENGTH);
    }
}
