package io.github.moodlemcp.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.moodle.Served;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentCheckerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ServedTool> TOOLS =
            Served.over(new InProcessCommandRouter()).tools();

    private final ArgumentChecker checker = new ArgumentChecker(TOOLS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get_course | {} | course_id",
                "get_course | {\"course_id\":0} | course_id",
                "get_course | {\"course_id\":\"one\"} | course_id",
                "get_course | {\"course_id\":1,\"extra\":2} | extra",
                "list_courses | {\"classification\":\"mine\"} | classification",
                "list_courses | {\"limit\":201} | limit",
                "list_courses | {\"offset\":-1} | offset",
                "list_courses | {\"site\":7} | site",
                "get_status | {\"browser\":null} | browser"
            })
    void argumentsThatDoNotFitAreNamed(String name, String arguments, String named) throws IOException {
        ServedTool tool = tool(name);

        assertThat(checker.problems(tool, checker.coerced(tool, (ObjectNode) JSON.readTree(arguments))))
                .singleElement()
                .asString()
                .contains(named);
    }

    @Test
    void anIdSentAsTextIsTakenAsTheNumberItIs() throws IOException {
        ServedTool tool = tool("get_course");
        ObjectNode coerced = checker.coerced(tool, (ObjectNode) JSON.readTree("{\"course_id\":\"42\"}"));

        assertThat(coerced.get("course_id").isIntegralNumber()).isTrue();
        assertThat(checker.problems(tool, coerced)).isEmpty();
    }

    private static ServedTool tool(String name) {
        return TOOLS.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
