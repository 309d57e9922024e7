package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import java.util.List;

/** {@code core_get_fragment}: pieces of HTML, of which the demo has those that the extension asks for. */
final class Fragments {
    private final AssignmentOverview assignments;
    private final CourseItems items;

    Fragments(DemoSite site, StudentData student, ActivityData activities) {
        this.assignments = new AssignmentOverview(site, student);
        this.items = new CourseItems(site, activities);
    }

    AjaxFunction function() {
        return new AjaxFunction(
                "core_get_fragment",
                true,
                List.of(
                        AjaxParameter.required("component", Kind.TEXT),
                        AjaxParameter.required("callback", Kind.TEXT),
                        AjaxParameter.required("contextid", Kind.INTEGER),
                        AjaxParameter.optionalTexts("args")),
                this::call);
    }

    private JsonNode call(Call call) {
        String html = switch (call.text("component") + "/" + call.text("callback") + "/" + argument(call, "modname")) {
            case "course/course_overview/assign" -> assignments.html(call.user(), number(call, "courseid"));
            case "core_courseformat/cmitem/" -> items.item(call.user(), number(call, "courseid"), number(call, "id"));
            case "core_courseformat/section/" ->
                items.section(call.user(), number(call, "courseid"), number(call, "id"));
            default -> null;
        };
        return PhpJson.object().put("html", html).put("javascript", "");
    }

    private static long number(Call call, String name) {
        return Long.parseLong(argument(call, name));
    }

    private static String argument(Call call, String name) {
        for (JsonNode argument : call.arguments().path("args")) {
            if (argument.path("name").asText().equals(name)) {
                return argument.path("value").asText();
            }
        }
        return "";
    }
}
