package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.StudentData.Discussion;
import io.github.moodlemcp.testkit.moodle.StudentData.Post;
import java.util.List;

/** The posts of a discussion, and what changed in a course. Of each the parts that the extension reads. */
final class ForumFunctions {
    private final DemoSite site;
    private final StudentData data;

    ForumFunctions(DemoSite site, StudentData data) {
        this.site = site;
        this.data = data;
    }

    List<AjaxFunction> all() {
        return List.of(
                new AjaxFunction(
                        "mod_forum_get_discussion_posts",
                        true,
                        List.of(
                                AjaxParameter.required("discussionid", Kind.INTEGER),
                                AjaxParameter.required("sortby", Kind.LETTERS),
                                AjaxParameter.required("sortdirection", Kind.LETTERS),
                                AjaxParameter.optionalFlag("includeinlineattachments")),
                        this::posts),
                new AjaxFunction(
                        "core_course_get_updates_since",
                        true,
                        List.of(
                                AjaxParameter.required("courseid", Kind.INTEGER),
                                AjaxParameter.required("since", Kind.INTEGER)),
                        this::updates));
    }

    private JsonNode posts(Call call) {
        Discussion discussion = data.discussions().stream()
                .filter(one -> one.id() == call.number("discussionid"))
                .findFirst()
                .orElseThrow(() -> new AjaxFailure(AjaxError.INVALID_RECORD));
        long course = site.courseOfActivity(discussion.forum())
                .filter(one -> site.courseOf(call.user(), one.id()).isPresent())
                .orElseThrow(() -> new AjaxFailure(AjaxError.REQUIRE_LOGIN))
                .id();
        ObjectNode answer = PhpJson.object();
        ArrayNode list = answer.putArray("posts");
        discussion.posts().forEach(post -> list.add(json(discussion, post)));
        return answer.put("forumid", discussion.forum()).put("courseid", course);
    }

    private ObjectNode json(Discussion discussion, Post post) {
        String prefix = post.parent() == null ? "" : "Re: ";
        ObjectNode json = PhpJson.object()
                .put("id", post.id())
                .put("parentid", post.parent())
                .put("discussionid", discussion.id())
                .put("subject", Html.name(prefix + discussion.subject()))
                .put("message", post.message())
                .put("timecreated", site.seconds(post.hours()))
                .put("replysubject", Html.name("Re: " + discussion.subject()))
                .put("isdeleted", false);
        json.putObject("capabilities").put("reply", true);
        json.putObject("author").put("id", post.author()).put("fullname", Html.name(site.nameOf(post.author())));
        json.putArray("attachments");
        return json;
    }

    private JsonNode updates(Call call) {
        long course = call.number("courseid");
        if (site.courseOf(call.user(), course).isEmpty()) {
            throw new AjaxFailure(AjaxError.REQUIRE_LOGIN);
        }
        ObjectNode answer = PhpJson.object();
        ArrayNode instances = answer.putArray("instances");
        data.discussions().stream()
                .map(Discussion::forum)
                .distinct()
                .filter(forum -> site.courseOfActivity(forum)
                        .filter(one -> one.id() == course)
                        .isPresent())
                .forEach(forum -> update(instances, forum, call.number("since")));
        answer.putArray("warnings");
        return answer;
    }

    private void update(ArrayNode instances, long forum, long since) {
        long[] changed = data.discussions().stream()
                .filter(discussion -> discussion.forum() == forum)
                .filter(discussion -> site.seconds(discussion.posts().getLast().hours()) >= since)
                .mapToLong(Discussion::id)
                .toArray();
        if (changed.length > 0) {
            ArrayNode ids = instances
                    .addObject()
                    .put("contextlevel", "module")
                    .put("id", forum)
                    .putArray("updates")
                    .addObject()
                    .put("name", "discussions")
                    .putArray("itemids");
            for (long id : changed) {
                ids.add(id);
            }
        }
    }
}
