package io.github.moodlemcp.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Holds the arguments of a call against the schema of its tool. Safe for use by many threads. */
public final class ArgumentChecker {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,15}");

    private final Map<String, Schema> schemas = new HashMap<>();

    /** @param catalogue the tools whose arguments will be checked */
    public ArgumentChecker(ToolCatalogue catalogue) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (ToolDefinition tool : catalogue.all()) {
            schemas.put(tool.name(), registry.getSchema(tool.tool().inputSchema()));
        }
    }

    /** The arguments with integers that were sent as text turned into numbers; models often send ids so. */
    public ObjectNode coerced(ToolDefinition tool, ObjectNode arguments) {
        ObjectNode coerced = arguments.deepCopy();
        JsonNode properties = tool.tool().inputSchema().path("properties");
        arguments.properties().forEach(argument -> {
            boolean wantsInteger = "integer"
                    .equals(properties.path(argument.getKey()).path("type").textValue());
            JsonNode value = argument.getValue();
            if (wantsInteger
                    && value.isTextual()
                    && INTEGER.matcher(value.textValue()).matches()) {
                coerced.set(argument.getKey(), LongNode.valueOf(Long.parseLong(value.textValue())));
            }
        });
        return coerced;
    }

    /** What is wrong with the arguments, a sentence each; empty when nothing is. */
    public List<String> problems(ToolDefinition tool, ObjectNode arguments) {
        return schemas.get(tool.name()).validate(arguments).stream()
                .map(ArgumentChecker::sentence)
                .sorted()
                .toList();
    }

    private static String sentence(Error error) {
        String where = error.getInstanceLocation().toString();
        return where.isEmpty() ? error.getMessage() : where.substring(1) + ": " + error.getMessage();
    }
}
