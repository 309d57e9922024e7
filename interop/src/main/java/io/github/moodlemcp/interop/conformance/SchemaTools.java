package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Tools.text;
import static io.github.moodlemcp.interop.conformance.Tools.tool;

import io.github.moodlemcp.server.feature.ServedTool;
import java.util.List;

/** Tools whose input schemas are the point. */
final class SchemaTools {
    /** The suite looks for each keyword of it in {@code tools/list}. */
    private static final String MANY_KEYWORDS = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
              },
              "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
              },
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
              "then": {"required": ["phone"]},
              "else": {"required": ["email"]},
              "additionalProperties": false
            }
            """;

    private static final String WITH_HEADER = """
            {
              "type": "object",
              "properties": {
                "region": {
                  "type": "string",
                  "description": "Where to look; clients send it in a header, too.",
                  "x-mcp-header": "Region"
                }
              },
              "required": ["region"],
              "additionalProperties": false
            }
            """;

    private SchemaTools() {}

    static List<ServedTool> all() {
        return List.of(
                tool(
                        "json_schema_2020_12_tool",
                        "Tool with JSON Schema 2020-12 features.",
                        MANY_KEYWORDS,
                        (arguments, call) -> text("The contact is complete.")),
                tool(
                        "test_header_parameter",
                        "Repeats the region it is asked for.",
                        WITH_HEADER,
                        (arguments, call) ->
                                text("Region: " + arguments.path("region").asText())));
    }
}
