package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.StudentData.Conversation;
import io.github.moodlemcp.testkit.moodle.StudentData.Message;
import io.github.moodlemcp.testkit.moodle.StudentData.Notification;
import java.util.List;
import java.util.Optional;

/** Sends messages and marks what was read. Of each the parts that the extension uses. */
final class MessageWrites {
    private final StudentData data;
    private final MessageFunctions messages;

    MessageWrites(StudentData data, MessageFunctions messages) {
        this.data = data;
        this.messages = messages;
    }

    List<AjaxFunction> all() {
        return List.of(
                new AjaxFunction(
                        "message_popup_get_unread_popup_notification_count",
                        true,
                        List.of(AjaxParameter.required("useridto", Kind.INTEGER)),
                        this::unread),
                new AjaxFunction(
                        "core_message_mark_all_notifications_as_read",
                        true,
                        List.of(
                                AjaxParameter.required("useridto", Kind.INTEGER),
                                AjaxParameter.optionalNumber("useridfrom"),
                                AjaxParameter.optionalNumber("timecreatedto")),
                        this::markAll),
                new AjaxFunction(
                        "core_message_mark_notification_read",
                        true,
                        List.of(
                                AjaxParameter.required("notificationid", Kind.INTEGER),
                                AjaxParameter.optionalNumber("timeread")),
                        this::markOne),
                new AjaxFunction(
                        "core_message_get_conversation",
                        true,
                        List.of(
                                AjaxParameter.required("userid", Kind.INTEGER),
                                AjaxParameter.required("conversationid", Kind.INTEGER),
                                AjaxParameter.required("includecontactrequests", Kind.FLAG),
                                AjaxParameter.required("includeprivacyinfo", Kind.FLAG),
                                AjaxParameter.optionalNumber("memberlimit"),
                                AjaxParameter.optionalNumber("memberoffset"),
                                AjaxParameter.optionalNumber("messagelimit"),
                                AjaxParameter.optionalNumber("messageoffset"),
                                AjaxParameter.optionalFlag("newestmessagesfirst")),
                        call -> messages.json(find(call))),
                new AjaxFunction(
                        "core_message_mark_all_conversation_messages_as_read",
                        true,
                        List.of(
                                AjaxParameter.required("userid", Kind.INTEGER),
                                AjaxParameter.required("conversationid", Kind.INTEGER)),
                        this::markConversation),
                new AjaxFunction(
                        "core_message_get_member_info",
                        true,
                        List.of(
                                AjaxParameter.required("referenceuserid", Kind.INTEGER),
                                AjaxParameter.optionalTexts("userids"),
                                AjaxParameter.optionalFlag("includecontactrequests"),
                                AjaxParameter.optionalFlag("includeprivacyinfo")),
                        this::members),
                new AjaxFunction(
                        "core_message_send_instant_messages",
                        true,
                        List.of(AjaxParameter.optionalTexts("messages")),
                        this::send));
    }

    private JsonNode unread(Call call) {
        MessageFunctions.checkOwn(call, "useridto");
        return LongNode.valueOf(
                data.notifications().stream().filter(one -> !one.read()).count());
    }

    private JsonNode markAll(Call call) {
        MessageFunctions.checkOwn(call, "useridto");
        data.notifications().replaceAll(Notification::seen);
        return BooleanNode.TRUE;
    }

    private JsonNode markOne(Call call) {
        long id = call.number("notificationid");
        if (data.notifications().stream().noneMatch(one -> one.id() == id)) {
            throw new AjaxFailure(AjaxError.INVALID_RECORD);
        }
        data.notifications().replaceAll(one -> one.id() == id ? one.seen() : one);
        ObjectNode answer = PhpJson.object().put("notificationid", id);
        answer.putArray("warnings");
        return answer;
    }

    private Conversation find(Call call) {
        MessageFunctions.checkOwn(call, "userid");
        return data.conversations().stream()
                .filter(one -> one.id() == call.number("conversationid"))
                .findFirst()
                .orElseThrow(() -> new AjaxFailure(AjaxError.INVALID_RECORD));
    }

    private JsonNode markConversation(Call call) {
        long id = find(call).id();
        data.conversations().replaceAll(one -> one.id() == id ? one.read() : one);
        return NullNode.getInstance();
    }

    private JsonNode members(Call call) {
        MessageFunctions.checkOwn(call, "referenceuserid");
        ArrayNode members = PhpJson.array();
        for (JsonNode id : call.arguments().path("userids")) {
            ObjectNode member = messages.member(id.asLong());
            if (!member.path("fullname").asText().isEmpty()) {
                members.add(
                        member.put("isblocked", false).put("isdeleted", false).put("canmessage", true));
            }
        }
        return members;
    }

    private JsonNode send(Call call) {
        ArrayNode answer = PhpJson.array();
        for (JsonNode message : call.arguments().path("messages")) {
            answer.add(sent(message, call));
        }
        return answer;
    }

    private synchronized ObjectNode sent(JsonNode message, Call call) {
        long to = message.path("touserid").asLong();
        Optional<Conversation> with =
                data.conversations().stream().filter(one -> one.with() == to).findFirst();
        if (with.isEmpty()) {
            return PhpJson.object().put("msgid", -1).put("errormessage", "There is no such person to write to.");
        }
        Conversation conversation = with.get();
        long id = 1 + conversation.messages().getFirst().id();
        Message added =
                new Message(id, call.user().id(), 0, message.path("text").asText());
        conversation.messages().addFirst(added);
        return messages.json(added).put("msgid", id).put("conversationid", conversation.id());
    }
}
