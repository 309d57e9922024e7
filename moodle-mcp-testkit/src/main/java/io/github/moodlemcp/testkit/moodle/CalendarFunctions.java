package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.StudentData.Event;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The calendar: what is still to do, and what a month shows. Of each event the parts that the extension reads. */
final class CalendarFunctions {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final long ALL_COURSES = 1;

    private final DemoSite site;
    private final StudentData data;
    private final Clock clock;

    CalendarFunctions(DemoSite site, StudentData data, Clock clock) {
        this.site = site;
        this.clock = clock;
        this.data = data;
    }

    List<AjaxFunction> all() {
        return List.of(
                new AjaxFunction(
                        "core_calendar_get_action_events_by_timesort",
                        true,
                        List.of(
                                AjaxParameter.optionalNumber("timesortfrom"),
                                AjaxParameter.optionalNumber("timesortto"),
                                AjaxParameter.optionalNumber("aftereventid"),
                                AjaxParameter.optionalNumber("limitnum"),
                                AjaxParameter.optionalFlag("limittononsuspendedevents")),
                        this::actionEvents),
                new AjaxFunction(
                        "core_calendar_get_calendar_monthly_view",
                        true,
                        List.of(
                                AjaxParameter.required("year", Kind.INTEGER),
                                AjaxParameter.required("month", Kind.INTEGER),
                                AjaxParameter.optionalNumber("courseid"),
                                AjaxParameter.optionalNumber("categoryid"),
                                AjaxParameter.optionalFlag("includenavigation"),
                                AjaxParameter.optionalFlag("mini"),
                                AjaxParameter.optionalNumber("day"),
                                AjaxParameter.optionalText("view")),
                        this::month));
    }

    private JsonNode actionEvents(Call call) {
        List<Event> wanted = eventsOf(call.user()).stream()
                .filter(event -> event.toDo() != null)
                .filter(event ->
                        start(event) >= call.number("timesortfrom") && start(event) <= call.number("timesortto"))
                .toList();
        long after = call.number("aftereventid");
        List<Event> page = wanted.stream()
                .dropWhile(event -> after != 0 && event.id() != after)
                .skip(after == 0 ? 0 : 1)
                .limit(call.number("limitnum"))
                .toList();
        ObjectNode answer = PhpJson.object();
        ArrayNode events = answer.putArray("events");
        page.forEach(event -> events.add(json(event)));
        return page.isEmpty()
                ? answer
                : answer.put("firstid", page.getFirst().id())
                        .put("lastid", page.getLast().id());
    }

    private JsonNode month(Call call) {
        long month = call.number("month");
        if (month < 1 || month > 12) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
        YearMonth wanted = YearMonth.of((int) call.number("year"), (int) month);
        long course = call.number("courseid");
        ObjectNode answer = PhpJson.object();
        ObjectNode week = answer.putArray("weeks").addObject();
        ArrayNode days = week.putArray("days");
        for (int day = 1; day <= wanted.lengthOfMonth(); day++) {
            long from = wanted.atDay(day).atStartOfDay(ZONE).toEpochSecond();
            long to = wanted.atDay(day).plusDays(1).atStartOfDay(ZONE).toEpochSecond();
            ArrayNode events = days.addObject().put("mday", day).putArray("events");
            eventsOf(call.user()).stream()
                    .filter(event -> course == ALL_COURSES || Objects.equals(event.course(), course))
                    .filter(event -> start(event) < to && start(event) + event.minutes() * 60L >= from)
                    .forEach(event -> events.add(json(event)));
        }
        return answer;
    }

    private List<Event> eventsOf(DemoUser user) {
        return data.events().stream()
                .filter(event -> event.course() == null
                        || site.courseOf(user, event.course()).isPresent())
                .sorted(Comparator.comparing(this::start))
                .toList();
    }

    private long start(Event event) {
        Long exact = event.seconds();
        return exact == null ? site.seconds(event.hours()) : exact;
    }

    ObjectNode json(Event event) {
        Optional<SiteData.Activity> activity =
                Optional.ofNullable(event.activity()).flatMap(site::activity);
        String name = activity.map(SiteData.Activity::name).orElseGet(() -> Objects.requireNonNull(event.name()));
        String module = activity.map(SiteData.Activity::module).orElse("");
        ObjectNode json = PhpJson.object()
                .put("id", event.id())
                .put("name", Html.name(name) + (activity.isPresent() ? " is due" : ""))
                .put("activityname", activity.isPresent() ? Html.name(name) : "")
                .put("modulename", module)
                .put("eventtype", event.kind())
                .put("timestart", start(event))
                .put("timesort", start(event))
                .put("timeduration", event.minutes() * 60)
                .put("location", Objects.requireNonNullElse(event.location(), ""))
                .put("description", Objects.requireNonNullElse(event.description(), ""))
                .put("overdue", start(event) < clock.instant().getEpochSecond())
                .put(
                        "url",
                        site.link(activity.map(one -> "/mod/" + module + "/view.php?id=" + one.id())
                                .orElse("/calendar/view.php")));
        Optional.ofNullable(event.course())
                .flatMap(site::course)
                .ifPresent(course ->
                        json.putObject("course").put("id", course.id()).put("fullname", Html.name(course.name())));
        if (event.toDo() != null) {
            json.putObject("action").put("name", event.toDo()).put("actionable", event.possible());
        }
        return json;
    }
}
