package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ResourceContents;
import io.github.moodlemcp.protocol.mcp.ResourceTemplate;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Courses and their activities as resources, read with the same commands as the tools. Their text was written by others, so
 * it is fenced as in results of tools, and is plain text rather than JSON.
 */
final class MoodleResources {
    static final String COURSE = "moodle://{site}/course/{id}";
    static final String ACTIVITY = "moodle://{site}/course/{id}/activity/{activity}";

    private static final String TEXT = "text/plain";
    private static final String SITE_WORDS =
            " The site is its host and path, percent-encoded, as in moodle.example.edu%2Fmoodle.";
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,14}");

    private final BrowserCalls browsers;
    private final CourseReader courses;
    private final OutcomeWording wording;
    private final SecureRandom random;

    MoodleResources(BrowserCalls browsers, CourseReader courses, OutcomeWording wording, SecureRandom random) {
        this.browsers = browsers;
        this.courses = courses;
        this.wording = wording;
        this.random = random;
    }

    /** The templates, for callers with this scope. */
    List<ServedResourceTemplate> templates(String scope, MoodleCompletions completions) {
        return List.of(
                new ServedResourceTemplate(
                        new ResourceTemplate(
                                COURSE,
                                "course",
                                "A Moodle course",
                                "The summary of a course, its sections and their activities." + SITE_WORDS,
                                TEXT),
                        scope,
                        this::readCourse,
                        Map.of("site", completions::sites, "id", completions::courseIds)),
                new ServedResourceTemplate(
                        new ResourceTemplate(
                                ACTIVITY,
                                "activity",
                                "An activity in a Moodle course",
                                "One activity or resource of a course: its name, its type, how it is completed, and its "
                                        + "section." + SITE_WORDS,
                                TEXT),
                        scope,
                        this::readActivity,
                        Map.of(
                                "site",
                                completions::sites,
                                "id",
                                completions::courseIds,
                                "activity",
                                completions::activityIds)));
    }

    private Optional<McpResult.ResourceRead> readCourse(String uri, Map<String, String> variables, McpCall call) {
        Optional<Long> id = id(variables, "id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        CourseReader.Address address = address(variables, id.get(), call);
        return courses.read(address, call, page -> false).map(course -> {
            ObjectNode data = JsonNodeFactory.instance.objectNode().put("site", address.site());
            data.set("course", course.course());
            data.set("sections", course.sections());
            data.putObject("coverage")
                    .put("returned", course.end().next())
                    .put("total", course.end().total())
                    .put("more", course.end().more());
            return contents(uri, course.end().more() ? howToGoOn(address, course.end()) : "", data);
        });
    }

    private Optional<McpResult.ResourceRead> readActivity(String uri, Map<String, String> variables, McpCall call) {
        Optional<Long> id = id(variables, "id");
        Optional<Long> activityId = id(variables, "activity");
        if (id.isEmpty() || activityId.isEmpty()) {
            return Optional.empty();
        }
        CourseReader.Address address = address(variables, id.get(), call);
        Optional<CourseReader.Course> read = courses.read(
                address,
                call,
                page -> find(page.path("sections"), activityId.get()).isPresent());
        if (read.isEmpty()) {
            return Optional.empty();
        }
        CourseReader.Course course = read.get();
        Optional<Place> place = find(course.sections(), activityId.get());
        if (place.isEmpty() && course.end().more()) {
            throw wording.unclear(howToGoOn(address, course.end())).toError();
        }
        return place.map(found -> contents(uri, "", activityIn(address, course, found)));
    }

    /** An activity and the section it is in. */
    private record Place(JsonNode section, JsonNode activity) {}

    private static Optional<Place> find(JsonNode sections, long activityId) {
        for (JsonNode section : sections) {
            for (JsonNode activity : section.path("activities")) {
                if (activity.path("id").asLong() == activityId) {
                    return Optional.of(new Place(section, activity));
                }
            }
        }
        return Optional.empty();
    }

    private static ObjectNode activityIn(CourseReader.Address address, CourseReader.Course course, Place place) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("site", address.site());
        ObjectNode ofCourse = data.putObject("course").put("id", address.id());
        List.of("name", "short_name", "url")
                .forEach(name -> ofCourse.set(name, course.course().get(name)));
        ObjectNode ofSection = place.section().deepCopy();
        ofSection.remove("activities");
        data.set("section", ofSection);
        data.set("activity", place.activity());
        return data;
    }

    private CourseReader.Address address(Map<String, String> variables, long id, McpCall call) {
        String site = variables.getOrDefault("site", "");
        List<ConnectedBrowser> connected = browsers.connected(call);
        String preferred = connected.size() > 1 ? browsers.preferred(call) : null;
        return switch (BrowserChoice.forSite(connected, site, preferred)) {
            case BrowserChoice.NoneConnected() ->
                throw wording.notConnected(Errand.readResource(), browsers.known(call))
                        .toError();
            case BrowserChoice.Unclear(var question) ->
                throw wording.unclear(question).toError();
            case BrowserChoice.Chosen(var browser, var note) -> new CourseReader.Address(browser.id(), site, id);
        };
    }

    /** The id that this variable holds; nothing when it is absent or no id. */
    static Optional<Long> id(Map<String, String> variables, String name) {
        String text = variables.getOrDefault(name, "");
        return ID.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static String howToGoOn(CourseReader.Address address, Coverage end) {
        return "This course was read only as far as its first " + end.next() + " of " + end.total()
                + " activities. To go on, call the tool get_course with course_id " + address.id() + " and offset "
                + end.next() + ", for the same site.\n";
    }

    private McpResult.ResourceRead contents(String uri, String advice, JsonNode data) {
        return new McpResult.ResourceRead(
                List.of(new ResourceContents.Text(uri, TEXT, advice + UntrustedText.fenced(data, random))));
    }
}
