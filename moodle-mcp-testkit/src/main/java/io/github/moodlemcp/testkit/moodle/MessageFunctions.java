package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.StudentData.Conversation;
import io.github.moodlemcp.testkit.moodle.StudentData.Message;
import io.github.moodlemcp.testkit.moodle.StudentData.Notification;
import java.util.List;

/** Conversations and notifications. Of each the parts that the extension reads. */
final class MessageFunctions {
    private static final int TWO_PEOPLE = 1;

    private final DemoSite site;
    private final StudentData data;

    MessageFunctions(DemoSite site, StudentData data) {
        this.site = site;
        this.data = data;
    }

    List<AjaxFunction> all() {
        return List.of(
                new AjaxFunction(
                        "message_popup_get_popup_notifications",
                        true,
                        List.of(
                                AjaxParameter.required("useridto", Kind.INTEGER),
                                AjaxParameter.optionalFlag("newestfirst"),
                                AjaxParameter.optionalNumber("limit"),
                                AjaxParameter.optionalNumber("offset")),
                        this::notifications),
                new AjaxFunction(
                        "core_message_get_conversations",
                        true,
                        List.of(
                                AjaxParameter.required("userid", Kind.INTEGER),
                                AjaxParameter.optionalText("type"),
                                AjaxParameter.optionalNumber("limitnum"),
                                AjaxParameter.optionalNumber("limitfrom"),
                                AjaxParameter.optionalText("favourites"),
                                AjaxParameter.optionalFlag("mergeself")),
                        this::conversations),
                new AjaxFunction(
                        "core_message_get_conversation_messages",
                        true,
                        List.of(
                                AjaxParameter.required("currentuserid", Kind.INTEGER),
                                AjaxParameter.required("convid", Kind.INTEGER),
                                AjaxParameter.optionalFlag("newest"),
                                AjaxParameter.optionalNumber("limitnum"),
                                AjaxParameter.optionalNumber("limitfrom")),
                        this::messages));
    }

    private JsonNode notifications(Call call) {
        checkOwn(call, "useridto");
        ObjectNode answer = PhpJson.object();
        ArrayNode list = answer.putArray("notifications");
        data.notifications().stream()
                .skip(call.number("offset"))
                .limit(call.number("limit"))
                .forEach(one -> list.add(json(one)));
        return answer.put(
                "unreadcount",
                data.notifications().stream().filter(one -> !one.read()).count());
    }

    private ObjectNode json(Notification notification) {
        return PhpJson.object()
                .put("id", notification.id())
                .put("timecreated", site.seconds(notification.hours()))
                .put("read", notification.read())
                .put("subject", Html.name(notification.subject()))
                .put("text", notification.text())
                .put("component", notification.component())
                .put("eventtype", notification.kind())
                .put("contexturl", site.link(notification.path()));
    }

    private JsonNode conversations(Call call) {
        checkOwn(call, "userid");
        ObjectNode answer = PhpJson.object();
        ArrayNode list = answer.putArray("conversations");
        data.conversations().stream()
                .skip(call.number("limitfrom"))
                .limit(call.number("limitnum"))
                .forEach(one -> list.add(json(one)));
        return answer;
    }

    ObjectNode json(Conversation conversation) {
        ObjectNode json = PhpJson.object()
                .put("id", conversation.id())
                .put("type", TWO_PEOPLE)
                .put("name", "")
                .put("membercount", 2)
                .put("unreadcount", conversation.unread());
        json.putArray("members").add(member(conversation.with()));
        json.putArray("messages").add(json(conversation.messages().getFirst()));
        return json;
    }

    private JsonNode messages(Call call) {
        checkOwn(call, "currentuserid");
        Conversation conversation = data.conversations().stream()
                .filter(one -> one.id() == call.number("convid"))
                .findFirst()
                .orElseThrow(() -> new AjaxFailure(AjaxError.INVALID_RECORD));
        ObjectNode answer = PhpJson.object().put("id", conversation.id());
        answer.putArray("members")
                .add(member(conversation.with()))
                .add(member(call.user().id()));
        ArrayNode list = answer.putArray("messages");
        conversation.messages().stream()
                .skip(call.number("limitfrom"))
                .limit(call.number("limitnum"))
                .forEach(one -> list.add(json(one)));
        return answer;
    }

    ObjectNode json(Message message) {
        return PhpJson.object()
                .put("id", message.id())
                .put("useridfrom", message.from())
                .put("text", message.text())
                .put("timecreated", site.seconds(message.hours()));
    }

    ObjectNode member(long userId) {
        return PhpJson.object().put("id", userId).put("fullname", Html.name(site.nameOf(userId)));
    }

    static void checkOwn(Call call, String name) {
        if (call.number(name) != call.user().id()) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
    }
}
