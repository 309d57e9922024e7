package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A parameter of a function.
 *
 * @param fallback what an absent parameter means; missing when it is required
 */
record AjaxParameter(String name, Kind kind, JsonNode fallback) {
    enum Kind {
        INTEGER,
        LETTERS,
        TEXT,
        TEXTS,
        FLAG
    }

    static AjaxParameter required(String name, Kind kind) {
        return new AjaxParameter(name, kind, MissingNode.getInstance());
    }

    static AjaxParameter optionalNumber(String name) {
        return new AjaxParameter(name, Kind.INTEGER, IntNode.valueOf(0));
    }

    static AjaxParameter optionalFlag(String name) {
        return new AjaxParameter(name, Kind.FLAG, BooleanNode.FALSE);
    }

    static AjaxParameter optionalText(String name) {
        return new AjaxParameter(name, Kind.TEXT, NullNode.getInstance());
    }

    static AjaxParameter optionalTexts(String name) {
        return new AjaxParameter(name, Kind.TEXTS, PhpJson.array());
    }

    /** All parameters with a value of their kind; a missing, wrong or unknown one is an {@link AjaxFailure}. */
    static ObjectNode check(List<AjaxParameter> parameters, JsonNode arguments) {
        boolean none = arguments.isMissingNode() || arguments.isArray() && arguments.isEmpty();
        if (!none && !arguments.isObject()) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
        ObjectNode checked = PhpJson.object();
        Set<String> unknown = new HashSet<>();
        arguments.fieldNames().forEachRemaining(unknown::add);
        for (AjaxParameter parameter : parameters) {
            unknown.remove(parameter.name());
            checked.set(parameter.name(), parameter.value(arguments.path(parameter.name())));
        }
        if (!unknown.isEmpty()) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
        return checked;
    }

    private JsonNode value(JsonNode given) {
        JsonNode value = given.isMissingNode() ? fallback : given;
        boolean fits = value.equals(fallback) && !value.isMissingNode()
                || switch (kind) {
                    case INTEGER -> value.isIntegralNumber() || value.isTextual() && isInteger(value.textValue());
                    case LETTERS -> value.isTextual() && value.textValue().matches("[A-Za-z]*");
                    case TEXT -> value.isTextual() || value.isNumber();
                    case TEXTS -> value.isArray();
                    case FLAG -> value.isBoolean() || value.isIntegralNumber();
                };
        if (!fits) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
        return kind == Kind.INTEGER && value.isTextual() ? LongNode.valueOf(Long.parseLong(value.textValue())) : value;
    }

    private static boolean isInteger(String text) {
        return text.matches("-?\\d{1,18}");
    }
}
