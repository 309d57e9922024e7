package io.github.moodlemcp.interop.conformance;

import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Resource;
import io.github.moodlemcp.protocol.mcp.ResourceContents;
import io.github.moodlemcp.protocol.mcp.ResourceTemplate;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resources of each kind, and a family of them. */
final class FixtureResources {
    private static final String PLAIN = "text/plain";
    private static final String JSON = "application/json";

    private FixtureResources() {}

    static List<ServedResource> all() {
        return List.of(
                served(
                        "test://static-text",
                        "static-text",
                        "A text.",
                        new ResourceContents.Text(
                                "test://static-text", PLAIN, "This is the content of the static text resource.")),
                served(
                        "test://static-binary",
                        "static-binary",
                        "A picture.",
                        new ResourceContents.Blob("test://static-binary", Samples.PNG_TYPE, Samples.PNG)),
                served(
                        "test://watched-resource",
                        "watched-resource",
                        "A text to watch.",
                        new ResourceContents.Text("test://watched-resource", PLAIN, "Nothing has happened yet.")));
    }

    static ServedResourceTemplate family() {
        ResourceTemplate template = new ResourceTemplate(
                "test://template/{id}/data", "template-data", "Data by id", "The data of one id.", JSON);
        return new ServedResourceTemplate(
                template,
                (uri, variables, call) -> {
                    String id = variables.getOrDefault("id", "");
                    String data = Json.object("{}")
                            .put("id", id)
                            .put("templateTest", true)
                            .put("data", "Data for ID: " + id)
                            .toString();
                    return Optional.of(read(new ResourceContents.Text(uri, JSON, data)));
                },
                Map.of());
    }

    private static ServedResource served(String uri, String name, String description, ResourceContents contents) {
        return new ServedResource(
                new Resource(uri, name, name, description, contents.mimeType()),
                (asked, variables, call) -> Optional.of(read(contents)));
    }

    private static McpResult.ResourceRead read(ResourceContents contents) {
        return new McpResult.ResourceRead(List.of(contents));
    }
}
