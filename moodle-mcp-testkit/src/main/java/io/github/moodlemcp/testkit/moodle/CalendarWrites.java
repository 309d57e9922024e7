package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.StudentData.Event;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adds events to the caller's own calendar, shows and deletes them. */
final class CalendarWrites {
    private static final String OWN = "user";

    private final StudentData data;
    private final CalendarFunctions calendar;

    CalendarWrites(StudentData data, CalendarFunctions calendar) {
        this.data = data;
        this.calendar = calendar;
    }

    List<AjaxFunction> all() {
        return List.of(
                new AjaxFunction(
                        "core_calendar_get_calendar_event_by_id",
                        true,
                        List.of(AjaxParameter.required("eventid", Kind.INTEGER)),
                        this::event),
                new AjaxFunction(
                        "core_calendar_submit_create_update_form",
                        true,
                        List.of(AjaxParameter.required("formdata", Kind.TEXT)),
                        this::submit),
                new AjaxFunction(
                        "core_calendar_delete_calendar_events",
                        true,
                        List.of(AjaxParameter.optionalTexts("events")),
                        this::delete));
    }

    private JsonNode event(Call call) {
        return answer(find(call.number("eventid")), call);
    }

    private JsonNode submit(Call call) {
        Map<String, String> form = WebRequest.pairs(Objects.requireNonNullElse(call.text("formdata"), ""));
        if (!call.session().sesskey().equals(form.get("sesskey"))) {
            throw new AjaxFailure(AjaxError.INVALID_SESSKEY);
        }
        if (form.getOrDefault("name", "").isBlank() || !OWN.equals(form.get("eventtype"))) {
            return PhpJson.object().put("validationerror", true);
        }
        Event added = new Event(
                nextId(),
                null,
                null,
                form.get("name"),
                OWN,
                0,
                number(form, "timedurationminutes"),
                form.get("location"),
                form.get("description[text]"),
                null,
                false,
                start(form));
        data.events().add(added);
        return answer(added, call);
    }

    private synchronized long nextId() {
        return 1 + data.events().stream().mapToLong(Event::id).max().orElse(0);
    }

    private static long start(Map<String, String> form) {
        try {
            return LocalDateTime.of(
                            number(form, "timestart[year]"),
                            number(form, "timestart[month]"),
                            number(form, "timestart[day]"),
                            number(form, "timestart[hour]"),
                            number(form, "timestart[minute]"))
                    .atZone(CalendarFunctions.ZONE)
                    .toEpochSecond();
        } catch (DateTimeException none) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
    }

    private static int number(Map<String, String> form, String name) {
        String value = form.getOrDefault(name, "0");
        return value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0;
    }

    private JsonNode delete(Call call) {
        for (JsonNode one : call.arguments().path("events")) {
            Event event = find(one.path("eventid").asLong());
            if (!event.kind().equals(OWN)) {
                throw new AjaxFailure(AjaxError.REQUIRE_LOGIN);
            }
            data.events().remove(event);
        }
        return NullNode.getInstance();
    }

    private Event find(long id) {
        return data.events().stream()
                .filter(event -> event.id() == id)
                .findFirst()
                .orElseThrow(() -> new AjaxFailure(AjaxError.INVALID_RECORD));
    }

    private ObjectNode answer(Event event, Call call) {
        boolean own = event.kind().equals(OWN);
        ObjectNode json = calendar.json(event)
                .put("userid", own ? call.user().id() : 2)
                .put("canedit", own)
                .put("candelete", own);
        ObjectNode answer = PhpJson.object();
        answer.set("event", json);
        return answer;
    }
}
