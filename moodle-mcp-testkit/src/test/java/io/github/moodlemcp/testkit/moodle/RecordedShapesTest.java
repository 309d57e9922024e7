package io.github.moodlemcp.testkit.moodle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.moodle.TestBrowser.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's answers have the keys and types that a real Moodle's had, wherever recordings of one are at hand. */
@Tag("recordings")
class RecordedShapesTest {
    private static final String TIMELINE = "core_course_get_enrolled_courses_by_timeline_classification";

    private static Path recordings;
    private static DemoMoodle moodle;
    private static TestBrowser anna;
    private static TestBrowser ben;
    private static TestBrowser nobody;

    @BeforeAll
    static void start() throws IOException {
        recordings = findRecordings().resolve("5.0");
        moodle = DemoMoodle.start();
        anna = TestBrowser.loggedIn(moodle, "anna");
        ben = TestBrowser.loggedIn(moodle, "ben");
        nobody = new TestBrowser(moodle);
    }

    @AfterAll
    static void stop() {
        if (moodle != null) {
            nobody.close();
            ben.close();
            anna.close();
            moodle.close();
        }
    }

    @Test
    void theTimelineOfCourses() throws IOException {
        List<JsonNode> recorded = recorded(TIMELINE + "-");
        JsonNode demo = anna.call(new Call(TIMELINE, "{\"classification\":\"allincludinghidden\"}"));

        assertThat(shape(List.of(demo))).isEqualTo(shape(recorded));
    }

    @Test
    void theCourseState() throws IOException {
        List<JsonNode> recorded = states(recorded("core_courseformat_get_state"));
        List<JsonNode> demo = new ArrayList<>();
        for (int course = 2; course < 10; course++) {
            demo.add(anna.call(new Call("core_courseformat_get_state", "{\"courseid\":" + course + "}")));
        }
        demo.add(ben.call(new Call("core_courseformat_get_state", "{\"courseid\":2}")));

        assertPartOf(shape(recorded), shape(states(demo)));
    }

    @ParameterizedTest
    @CsvSource({"core_session_time_remaining", "core_session_touch", "tool_mobile_get_public_config"})
    void aFunctionWithoutArguments(String function) throws IOException {
        JsonNode demo = anna.call(new Call(function));

        assertThat(shape(List.of(demo))).isEqualTo(shape(List.of(read("student/ajax/" + function + ".json"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "student/ajax/_error-wrong-arg | core_courseformat_get_state | {}",
                "student/ajax/_error-nonajax | core_webservice_get_site_info | {}",
                "student/ajax/_error-unknown-fn | core_nothing | {}",
                "student/ajax/core_courseformat_get_state-hiddencourse | core_courseformat_get_state | {\"courseid\":11}",
                "student/ajax/core_courseformat_get_state-selfenrol | core_courseformat_get_state | {\"courseid\":10}",
                "teacher/ajax/core_session_touch | core_session_touch | {\"identifier\":\"x\"}",
            })
    void anErrorWithItsCode(String recording, String function, String arguments) throws IOException {
        assertSameError(read(recording + ".json"), anna.call(new Call(function, arguments)));
    }

    @Test
    void theErrorsOfTheSession() throws IOException {
        Call call = new Call("core_session_time_remaining");

        assertSameError(read("student/ajax/_error-bad-sesskey.json"), anna.callWith("wrong", call));
        assertSameError(read("anon/ajax/_error-no-cookie.json"), nobody.call(call));
        assertSameError(
                read("student/ajax/_error-batch-with-error.json"),
                anna.call(call, new Call("core_course_get_contents"), call));
    }

    @Test
    void theConfigInPages() throws IOException {
        String page = Files.readString(recordings.resolve("student/html/my.html"));
        Matcher config = Pattern.compile("M\\.cfg\\s*=\\s*(\\{.*?\\});").matcher(page);
        assertThat(config.find()).isTrue();

        assertThat(shape(List.of(TestBrowser.config(anna.get("/my/")))))
                .isEqualTo(shape(List.of(TestBrowser.parse(config.group(1)))));
    }

    private static void assertSameError(JsonNode recorded, JsonNode demo) {
        assertThat(shape(List.of(demo))).isEqualTo(shape(List.of(recorded)));
        assertThat(demo.size()).isEqualTo(recorded.size());
        assertThat(demo.findValuesAsText("errorcode")).isEqualTo(recorded.findValuesAsText("errorcode"));
    }

    private static void assertPartOf(Map<String, Set<String>> recorded, Map<String, Set<String>> demo) {
        assertThat(demo.keySet()).isEqualTo(recorded.keySet());
        demo.forEach((path, kinds) -> assertThat(recorded.get(path)).as(path).containsAll(kinds));
    }

    /** For every place in the documents, what was found there: the type of a value, the keys of an object. */
    private static Map<String, Set<String>> shape(List<JsonNode> documents) {
        Map<String, Set<String>> shape = new TreeMap<>();
        documents.forEach(document -> collect("", document, shape));
        return shape;
    }

    private static void collect(String path, JsonNode node, Map<String, Set<String>> shape) {
        Set<String> kinds = shape.computeIfAbsent(path, absent -> new TreeSet<>());
        if (node.isObject()) {
            Set<String> keys = new TreeSet<>();
            node.fieldNames().forEachRemaining(keys::add);
            kinds.add(keys.toString());
            node.properties().forEach(field -> collect(path + "." + field.getKey(), field.getValue(), shape));
            return;
        }
        kinds.add(node.getNodeType().name());
        node.forEach(element -> collect(path + "[]", element, shape));
    }

    /** The states inside the answers that have one. */
    private static List<JsonNode> states(List<JsonNode> answers) {
        return answers.stream()
                .filter(answer -> !answer.path(0).path("error").asBoolean(true))
                .map(answer -> TestBrowser.parse(answer.path(0).path("data").asText()))
                .toList();
    }

    private static List<JsonNode> recorded(String prefix) throws IOException {
        List<JsonNode> answers = new ArrayList<>();
        for (String role : List.of("student", "teacher")) {
            try (Stream<Path> files = Files.list(recordings.resolve(role).resolve("ajax"))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.startsWith(prefix) && !name.contains("decoded") && !name.contains("teacher-edit")) {
                        answers.add(TestBrowser.parse(Files.readString(file)));
                    }
                }
            }
        }
        return answers;
    }

    private static JsonNode read(String file) throws IOException {
        return TestBrowser.parse(Files.readString(recordings.resolve(file)));
    }

    private static Path findRecordings() {
        String setting = Objects.requireNonNullElse(
                System.getProperty("moodle.recordings", System.getenv("MOODLE_MCP_RECORDINGS")),
                "../shared/moodle/recordings");
        Path found = repositoryRoot().resolve(setting).normalize();
        if (Files.isRegularFile(found.resolve("index.json"))) {
            return found;
        }
        String absent = "There are no recordings of a real Moodle. Set MOODLE_MCP_RECORDINGS to their folder.";
        return "true".equals(System.getenv("CI")) ? fail(absent) : abort(absent);
    }

    private static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("moodle-mcp-testkit"))) {
            folder = Objects.requireNonNull(folder.getParent(), "not inside the repository");
        }
        return folder;
    }
}
