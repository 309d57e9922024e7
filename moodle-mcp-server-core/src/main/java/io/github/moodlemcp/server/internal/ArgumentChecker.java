package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Holds the arguments and the structured results of calls against the schemas of their tools. Nothing is fetched that a
 * schema may refer to. Safe for use by many threads.
 */
final class ArgumentChecker {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,15}");
    private static final int MAX_PROBLEMS = 10;

    private final Map<String, Schema> inputs = new HashMap<>();
    private final Map<String, Schema> outputs = new HashMap<>();

    /** @param tools the tools whose calls will be checked */
    ArgumentChecker(Collection<ServedTool> tools) {
        Dialect dialect = Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword(ParameterHeaders.ANNOTATION))
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(dialect);
        for (ServedTool tool : tools) {
            inputs.put(tool.name(), registry.getSchema(tool.tool().inputSchema()));
            if (tool.tool().outputSchema() != null) {
                outputs.put(tool.name(), registry.getSchema(tool.tool().outputSchema()));
            }
        }
    }

    /** The arguments with integers that were sent as text turned into numbers; models often send ids so. */
    ObjectNode coerced(ServedTool tool, ObjectNode arguments) {
        JsonNode properties = tool.tool().inputSchema().path("properties");
        ObjectNode coerced = arguments;
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            boolean wantsInteger = "integer"
                    .equals(properties.path(argument.getKey()).path("type").textValue());
            JsonNode value = argument.getValue();
            if (wantsInteger
                    && value.isTextual()
                    && INTEGER.matcher(value.textValue()).matches()) {
                coerced = coerced == arguments ? arguments.deepCopy() : coerced;
                coerced.set(argument.getKey(), LongNode.valueOf(Long.parseLong(value.textValue())));
            }
        }
        return coerced;
    }

    /** What is wrong with the arguments, a sentence each, the first ten; empty when nothing is. */
    List<String> problems(ServedTool tool, ObjectNode arguments) {
        List<Error> errors = inputs.get(tool.name()).validate(arguments);
        if (errors.isEmpty()) {
            return List.of();
        }
        return errors.stream()
                .map(ArgumentChecker::sentence)
                .sorted()
                .limit(MAX_PROBLEMS)
                .toList();
    }

    /**
     * Checks that a result keeps what its tool promises.
     *
     * @throws IllegalStateException if it does not: a defect of the tool
     */
    void requireFittingOutput(ServedTool tool, McpResult.ToolCall result) {
        Schema schema = outputs.get(tool.name());
        if (schema == null || result.isError()) {
            return;
        }
        if (result.structured() == null || !schema.validate(result.structured()).isEmpty()) {
            throw new IllegalStateException("The tool " + tool.name() + " breaks its output schema");
        }
    }

    private static String sentence(Error error) {
        String where = error.getInstanceLocation().toString();
        return where.isEmpty() ? error.getMessage() : where.substring(1) + ": " + error.getMessage();
    }
}
