package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.spi.KnownBrowser;
import io.github.moodlemcp.server.spi.KnownBrowsers;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool answers while no browser is connected. */
class BrowserToolTest {
    private static final Set<ClientCapability> OPENS_ADDRESSES =
            Set.of(ClientCapability.ELICITATION_FORM, ClientCapability.ELICITATION_URL);

    private final FakeBrowsers browsers = FakeBrowsers.answering(command -> FakeBrowsers.completed(Json.of("{}")));
    private final List<KnownBrowser> known = new ArrayList<>();
    private @Nullable String preferred;

    @Test
    void aPersonIsSentToThePageThatConnectsABrowser() {
        McpResult.OfTool result = call("list_courses", ProtocolVersion.V2026_07_28, InputResponses.none());

        assertThat(result).isInstanceOfSatisfying(McpResult.InputRequired.class, required -> {
            assertThat(required.requests()).hasSize(1);
            assertThat(required.requests().values().iterator().next())
                    .isInstanceOfSatisfying(InputRequest.Url.class, request -> {
                        assertThat(request.url()).isEqualTo(URI.create("https://mcp.example.edu/extension"));
                        assertThat(request.message()).contains("No browser is connected");
                        assertThat(request.id()).matches("[0-9a-f]{32}");
                    });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'action':'accept'}", "{'action':'decline'}", "{'action':'cancel'}", "{}", "null", "7"})
    void whateverComesBackTheNextRoundIsAnswered(String response) {
        InputResponses second = new InputResponses(Map.of("connect_browser", Json.of(response)), null);

        assertNotConnected(call("list_courses", ProtocolVersion.V2026_07_28, second));
    }

    @Test
    void anAnswerToAnotherQuestionIsAnAnswer() {
        JsonNode other = Json.of("{'action':'accept'}");

        assertNotConnected(
                call("list_courses", ProtocolVersion.V2026_07_28, new InputResponses(Map.of("other", other), null)));
    }

    @Test
    void onceABrowserIsConnectedTheCallGoesOn() {
        browsers.withLaptop();
        InputResponses second = new InputResponses(Map.of("connect_browser", Json.of("{'action':'accept'}")), null);

        assertThat(call("list_courses", ProtocolVersion.V2026_07_28, second))
                .isInstanceOfSatisfying(
                        McpResult.ToolCall.class,
                        result -> assertThat(result.isError()).isFalse());
    }

    @ParameterizedTest
    @EnumSource(value = ProtocolVersion.class, names = "V2026_07_28", mode = EnumSource.Mode.EXCLUDE)
    void inRevisionsWithAHandshakeTheModelIsToldInWords(ProtocolVersion version) {
        assertNotConnected(call("list_courses", version, InputResponses.none()));
    }

    @Test
    void aClientThatOpensNoAddressesIsToldInWords() {
        FakeCall call = FakeCall.with(
                ProtocolVersion.V2026_07_28, Set.of(ClientCapability.ELICITATION_FORM), InputResponses.none());

        assertNotConnected(tool("list_courses").handler().call(arguments(), call));
    }

    @Test
    void aReadThatFellBackSaysSoBeforeItsResult() {
        browsers.withLaptop();
        preferred = "b-9";

        McpResult.ToolCall result =
                (McpResult.ToolCall) call("list_courses", ProtocolVersion.V2026_07_28, InputResponses.none());

        assertThat(result.isError()).isFalse();
        assertThat(result.content()).hasSize(2);
        assertThat(text(result)).contains("default browser", "is not connected", "Laptop");
        assertThat(result.meta().toString()).contains("done");
    }

    @Test
    void theDefaultIsAskedAmongSeveral() {
        browsers.withLaptop().with("b-2", "Phone");
        preferred = "b-2";

        call("list_courses", ProtocolVersion.V2026_07_28, InputResponses.none());

        assertThat(browsers.asked).extracting(BridgeId::browser).containsExactly("b-2");
    }

    @Test
    void thoseThatWereConnectedBeforeAreNamed() {
        known.add(new KnownBrowser("b-9", "Office", "0.1.0", Instant.EPOCH, CloseReason.VERSION_TOO_OLD));

        McpResult.ToolCall result =
                (McpResult.ToolCall) call("list_courses", ProtocolVersion.V2025_11_25, InputResponses.none());

        assertThat(text(result))
                .contains("Office (id b-9, last heard of 1970-01-01T00:00:00Z)", "too old", "call list_courses again");
    }

    @Test
    void theStatusNeverAsks() {
        assertThat(call("get_status", ProtocolVersion.V2026_07_28, InputResponses.none()))
                .isInstanceOfSatisfying(
                        McpResult.ToolCall.class,
                        result -> assertThat(text(result)).contains("No browser is connected"));
    }

    private static void assertNotConnected(McpResult.OfTool result) {
        assertThat(result).isInstanceOfSatisfying(McpResult.ToolCall.class, told -> {
            assertThat(told.isError()).isTrue();
            assertThat(told.meta().toString()).contains("not_delivered");
            assertThat(text(told))
                    .contains(
                            "No browser is connected", "https://mcp.example.edu/extension", "call list_courses again");
        });
    }

    private McpResult.OfTool call(String name, ProtocolVersion version, InputResponses input) {
        return tool(name).handler().call(arguments(), FakeCall.with(version, OPENS_ADDRESSES, input));
    }

    private ServedTool tool(String name) {
        return Served.over(browsers, remembered()).tools().stream()
                .filter(served -> served.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private KnownBrowsers remembered() {
        return new KnownBrowsers() {
            @Override
            public List<KnownBrowser> of(AccountId account) {
                return known;
            }

            @Override
            public Optional<String> defaultOf(AccountId account) {
                return Optional.ofNullable(preferred);
            }
        };
    }

    private static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String text(McpResult.ToolCall result) {
        return ((ContentBlock.Text) result.content().getFirst()).text();
    }
}
