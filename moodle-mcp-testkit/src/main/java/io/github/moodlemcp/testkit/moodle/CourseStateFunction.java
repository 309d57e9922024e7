package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import io.github.moodlemcp.testkit.moodle.SiteData.Course;
import io.github.moodlemcp.testkit.moodle.SiteData.Section;
import java.util.List;
import java.util.OptionalInt;

/** {@code core_courseformat_get_state}: its data is a text that holds JSON, and the ids in it are texts. */
final class CourseStateFunction {
    private final DemoSite site;

    CourseStateFunction(DemoSite site) {
        this.site = site;
    }

    AjaxFunction function() {
        return new AjaxFunction(
                "core_courseformat_get_state",
                true,
                List.of(AjaxParameter.required("courseid", Kind.INTEGER)),
                this::call);
    }

    private JsonNode call(Call call) {
        long courseId = call.number("courseid");
        if (site.course(courseId).isEmpty()) {
            throw new AjaxFailure(AjaxError.INVALID_RECORD);
        }
        CourseView view =
                site.courseOf(call.user(), courseId).orElseThrow(() -> new AjaxFailure(AjaxError.REQUIRE_LOGIN));
        ObjectNode state = PhpJson.object();
        state.set("course", course(view));
        ArrayNode sections = state.putArray("section");
        view.sections().forEach(section -> sections.add(section(view, section)));
        ArrayNode activities = state.putArray("cm");
        for (Section section : view.course().sections()) {
            for (Activity activity : view.activitiesInState(section)) {
                activities.add(activity(view, section, activity));
            }
        }
        return TextNode.valueOf(PhpJson.write(state));
    }

    private ObjectNode course(CourseView view) {
        Course course = view.course();
        ObjectNode state = PhpJson.object()
                .put("id", Long.toString(course.id()))
                .put("numsections", course.sections().getLast().number());
        ArrayNode list = state.putArray("sectionlist");
        view.sections().forEach(section -> list.add(Long.toString(section.id())));
        long revision = site.started().getEpochSecond();
        return state.put("editmode", false)
                .put("highlighted", "Highlighted")
                .put("maxsections", "52")
                .put("baseurl", site.link("/course/view.php?id=" + course.id()))
                .put("statekey", revision + "_" + revision)
                .put("maxbytes", 104_857_600)
                .put("maxbytestext", "100.0\u00a0MB");
    }

    private ObjectNode section(CourseView view, Section section) {
        ObjectNode state = PhpJson.object()
                .put("id", Long.toString(section.id()))
                .put("section", section.number())
                .put("number", section.number())
                .put("title", Html.name(section.displayTitle()))
                .put("hassummary", false)
                .put("rawtitle", section.title());
        ArrayNode list = state.putArray("cmlist");
        view.activities(section).forEach(activity -> list.add(Long.toString(activity.id())));
        state.put("visible", section.isVisible())
                .put("current", section.current())
                .put("indexcollapsed", false)
                .put("contentcollapsed", false)
                .put("hasrestrictions", section.restricted())
                .put("bulkeditable", section.number() > 0);
        addParent(view.course(), section, state);
        if (!section.restricted() || view.enrolment().teacher()) {
            state.put("sectionurl", site.link("/course/section.php?id=" + section.id()));
        }
        return state;
    }

    private static void addParent(Course course, Section section, ObjectNode state) {
        Long subsection = section.subsection();
        if (subsection == null) {
            state.putNull("component").putNull("itemid").putNull("parentsectionid");
            return;
        }
        Section parent = course.sections().stream()
                .filter(candidate -> candidate.activities().stream().anyMatch(activity -> activity.id() == subsection))
                .findFirst()
                .orElseThrow();
        state.put("component", "mod_subsection").put("itemid", 1).put("parentsectionid", Long.toString(parent.id()));
    }

    private ObjectNode activity(CourseView view, Section section, Activity activity) {
        boolean opens = view.canOpen(section, activity);
        boolean marked = view.isMarkedVisible(section, activity);
        ObjectNode state = PhpJson.object()
                .put("id", Long.toString(activity.id()))
                .put("anchor", "module-" + activity.id())
                .put("name", Html.name(activity.name()))
                .put("visible", marked)
                .put("stealth", activity.stealth())
                .put("sectionid", Long.toString(section.id()))
                .put("sectionnumber", section.number())
                .put("uservisible", opens)
                .put("hascmrestrictions", activity.restricted())
                .put("modname", ModuleNames.of(activity))
                .put("indent", 0)
                .put("groupmode", 0)
                .put("module", activity.module())
                .put("plugin", "mod_" + activity.module())
                .put("hasdelegatedsection", activity.module().equals("subsection"));
        view.course().sections().stream()
                .filter(candidate -> Long.valueOf(activity.id()).equals(candidate.subsection()))
                .forEach(delegate -> state.put("delegatesectionid", Long.toString(delegate.id())));
        state.put("accessvisible", marked && !activity.restricted());
        if (activity.hasPage()) {
            state.put("url", site.link("/mod/" + activity.module() + "/view.php?id=" + activity.id()));
        }
        state.put("istrackeduser", view.isTracked());
        addCompletion(opens ? view.completion(activity) : OptionalInt.empty(), state);
        return state.put("allowstealth", false);
    }

    private static void addCompletion(OptionalInt completion, ObjectNode state) {
        completion.ifPresent(
                value -> state.put("completionstate", value).put("isoverallcomplete", value == 1 || value == 2));
    }
}
