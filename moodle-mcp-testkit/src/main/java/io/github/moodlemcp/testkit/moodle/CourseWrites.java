package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import io.github.moodlemcp.testkit.moodle.SiteData.Course;
import io.github.moodlemcp.testkit.moodle.StudentData.Discussion;
import io.github.moodlemcp.testkit.moodle.StudentData.Post;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a student writes in a course without a form: ticks and replies. */
final class CourseWrites {
    /** The kinds of activities that Moodle completes by itself. */
    private static final Set<String> AUTOMATIC = Set.of("quiz", "assign");

    private final DemoSite site;
    private final StudentData data;

    CourseWrites(DemoSite site, StudentData data) {
        this.site = site;
        this.data = data;
    }

    List<AjaxFunction> all() {
        return List.of(
                new AjaxFunction(
                        "core_completion_update_activity_completion_status_manually",
                        true,
                        List.of(
                                AjaxParameter.required("cmid", Kind.INTEGER),
                                AjaxParameter.required("completed", Kind.FLAG)),
                        this::complete),
                new AjaxFunction(
                        "mod_forum_add_discussion_post",
                        true,
                        List.of(
                                AjaxParameter.required("postid", Kind.INTEGER),
                                AjaxParameter.required("subject", Kind.TEXT),
                                AjaxParameter.required("message", Kind.TEXT),
                                AjaxParameter.optionalTexts("options"),
                                AjaxParameter.optionalNumber("messageformat")),
                        this::reply));
    }

    private JsonNode complete(Call call) {
        long id = call.number("cmid");
        Activity activity = site.activity(id).orElseThrow(() -> new AjaxFailure(AjaxError.INVALID_RECORD));
        CourseView view = site.courseOfActivity(id)
                .map(Course::id)
                .flatMap(course -> site.courseOf(call.user(), course))
                .orElseThrow(() -> new AjaxFailure(AjaxError.REQUIRE_LOGIN));
        if (AUTOMATIC.contains(activity.module()) || view.completion(activity).isEmpty()) {
            throw new AjaxFailure(AjaxError.CANNOT_TRACK);
        }
        view.enrolment().complete(activity, call.arguments().path("completed").asBoolean() ? 1 : 0);
        ObjectNode answer = PhpJson.object().put("status", true);
        answer.putArray("warnings");
        return answer;
    }

    private synchronized JsonNode reply(Call call) {
        long parent = call.number("postid");
        Discussion discussion = data.discussions().stream()
                .filter(one -> one.posts().stream().anyMatch(post -> post.id() == parent))
                .findFirst()
                .orElseThrow(() -> new AjaxFailure(AjaxError.INVALID_RECORD));
        site.courseOfActivity(discussion.forum())
                .flatMap(course -> site.courseOf(call.user(), course.id()))
                .orElseThrow(() -> new AjaxFailure(AjaxError.REQUIRE_LOGIN));
        long id = 1
                + data.discussions().stream()
                        .flatMap(one -> one.posts().stream())
                        .mapToLong(Post::id)
                        .max()
                        .orElse(0);
        String message = Objects.requireNonNullElse(call.text("message"), "");
        discussion.posts().add(new Post(id, parent, call.user().id(), 0, message));
        ObjectNode answer = PhpJson.object().put("postid", id);
        answer.putArray("warnings");
        return answer;
    }
}
