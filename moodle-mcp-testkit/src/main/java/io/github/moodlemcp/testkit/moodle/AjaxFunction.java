package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that can be called through {@code service.php}.
 *
 * @param needsLogin whether it is refused without a logged-in session and its sesskey
 */
record AjaxFunction(String name, boolean needsLogin, List<AjaxParameter> parameters, Body body) {
    AjaxFunction {
        parameters = List.copyOf(parameters);
    }

    /** What the function does with its checked arguments; may throw {@link AjaxFailure}. */
    interface Body {
        /** The value of {@code data}. */
        JsonNode call(Call call);
    }

    /** One call of a function. */
    record Call(ObjectNode arguments, MoodleSession session) {
        /** The caller; only for functions that need a login. */
        DemoUser user() {
            DemoUser user = session.user();
            if (user == null) {
                throw new AjaxFailure(AjaxError.REQUIRES_LOGIN);
            }
            return user;
        }

        long number(String name) {
            return arguments.path(name).asLong();
        }

        @Nullable
        String text(String name) {
            return arguments.path(name).asText(null);
        }
    }
}
