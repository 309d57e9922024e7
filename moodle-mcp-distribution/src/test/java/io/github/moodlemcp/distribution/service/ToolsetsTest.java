package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and addresses choose which tools are offered. */
class ToolsetsTest extends ServiceScenario {

    @Test
    void aKeyOffersItsToolsetsAndAnAddressOthers() {
        String student = anna.newKey().secret();
        String teacher =
                anna.newKey(KeyRights.of(false, Set.of("teacher"), false)).secret();

        assertThat(tools(student, "/mcp")).contains("get_status", "list_courses");
        assertThat(tools(teacher, "/mcp")).contains("get_status").doesNotContain("list_courses");
        assertThat(tools(teacher, "/mcp/x/teacher,student")).contains("list_courses");
        assertThat(tools(teacher, "/mcp/readonly")).doesNotContain("list_courses");
        assertThat(tools(student, "/mcp/x/teacher")).contains("get_status").doesNotContain("list_courses");
        assertThat(tools(student, "/mcp/x/student/readonly")).contains("list_courses");
    }

    @Test
    void whatIsNotOfferedIsRefusedWithTheToolsetThatHasIt() {
        Answer answer = service.client(anna.newKey().secret(), "/mcp/x/teacher").callTool("list_courses", NONE);

        assertThat(answer.body().at("/error/code").intValue()).isEqualTo(-32602);
        assertThat(answer.body().at("/error/message").asText()).contains("toolset student");
    }

    @Test
    void aToolsetThatDoesNotExistHasNoAddress() {
        Answer answer = service.client(anna.newKey().secret(), "/mcp/x/student,nonsense")
                .request("tools/list", NONE.deepCopy());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("error").asText()).isEqualTo("unknown_toolset");
        assertThat(answer.body().path("error_description").asText())
                .contains("student, student-write, teacher, teacher-write");
    }

    @ParameterizedTest
    @CsvSource({
        "/mcp, moodle:read",
        "/mcp/readonly, moodle:read",
        "'/mcp/x/student,teacher', moodle:read",
        "/mcp/x/student/readonly, moodle:read",
        "/mcp/sse, moodle:read"
    })
    void everyAddressAsksForAKeyAndSaysHowItIsProtected(String path, String scope) throws IOException {
        Answer answer = service.client("", path).post("{}", Map.of());

        String resource = service.base() + (path.equals("/mcp/sse") ? "/mcp" : path);
        String metadata = resource.replace("/mcp", "/.well-known/oauth-protected-resource/mcp");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate"))
                .isEqualTo("Bearer resource_metadata=\"" + metadata + "\", scope=\"" + scope + "\"");
        assertThat(json(metadata).path("resource").asText()).isEqualTo(resource);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp/x/nonsense",
                "/mcp/x/",
                "/mcp/x/student/",
                "/mcp/x/student,",
                "/mcp/x/STUDENT",
                "/mcp/readonly/x/student",
                "/mcp/x/student%2Creadonly"
            })
    void otherAddressesAreNone(String path) {
        String key = anna.newKey().secret();

        assertThat(service.client("", path).post("{}", Map.of()).status()).isEqualTo(401);
        assertThat(service.client(key, path).post("{}", Map.of()).status()).isEqualTo(404);
        assertThat(service.client("", "/.well-known/oauth-protected-resource" + path)
                        .send("GET", "", Map.of())
                        .status())
                .isEqualTo(404);
    }

    private static List<String> tools(String key, String path) {
        Answer answer = service.client(key, path).request("tools/list", NONE.deepCopy());
        return answer.body().at("/result/tools").findValuesAsText("name");
    }

    private static JsonNode json(String address) throws IOException {
        try (InputStream body = URI.create(address).toURL().openStream()) {
            return new ObjectMapper().readTree(body);
        }
    }
}
