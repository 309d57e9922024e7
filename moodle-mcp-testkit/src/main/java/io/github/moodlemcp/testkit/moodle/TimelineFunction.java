package io.github.moodlemcp.testkit.moodle;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import io.github.moodlemcp.testkit.moodle.SiteData.Course;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code core_course_get_enrolled_courses_by_timeline_classification}. */
final class TimelineFunction {
    private final DemoSite site;
    private final Clock clock;

    TimelineFunction(DemoSite site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    AjaxFunction function() {
        return new AjaxFunction(
                "core_course_get_enrolled_courses_by_timeline_classification",
                true,
                List.of(
                        AjaxParameter.required("classification", Kind.LETTERS),
                        AjaxParameter.optionalNumber("limit"),
                        AjaxParameter.optionalNumber("offset"),
                        AjaxParameter.optionalText("sort"),
                        AjaxParameter.optionalText("customfieldname"),
                        AjaxParameter.optionalText("customfieldvalue"),
                        AjaxParameter.optionalText("searchvalue"),
                        AjaxParameter.optionalTexts("requiredfields")),
                this::call);
    }

    /** The offset counts the courses looked at, not those that were found; so does {@code nextoffset}. */
    private JsonNode call(Call call) {
        String classification = Objects.requireNonNull(call.text("classification"));
        Predicate<CourseView> wanted = wanted(classification, call.text("searchvalue"));
        List<CourseView> candidates = candidates(call.user(), classification, call.text("sort"));
        long limit = call.number("limit");
        long next = call.number("offset");
        if (limit < 0 || next < 0) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
        ArrayNode found = PhpJson.array();
        Set<String> fields = fields(call.arguments().path("requiredfields"));
        while (next < candidates.size() && (limit == 0 || found.size() < limit)) {
            CourseView view = candidates.get((int) next);
            next++;
            if (wanted.test(view)) {
                found.add(fields.isEmpty() ? summary(view) : summary(view).retain(fields));
            }
        }
        ObjectNode answer = PhpJson.object();
        answer.set("courses", found);
        return answer.put("nextoffset", next);
    }

    /** The courses that Moodle looks at: with nothing starred or removed it looks at all of them for those, too. */
    private List<CourseView> candidates(DemoUser user, String classification, @Nullable String sort) {
        List<CourseView> visited = site.courses(user);
        Predicate<CourseView> looksAt = switch (classification) {
            case "favourites" -> view -> view.enrolment().favourite();
            case "hidden" -> view -> view.enrolment().removedFromOverview();
            case "allincludinghidden" -> view -> true;
            default -> view -> !view.enrolment().removedFromOverview();
        };
        List<CourseView> candidates = visited.stream().filter(looksAt).toList();
        return (candidates.isEmpty() ? visited : candidates)
                .stream().sorted(order(sort, visited)).toList();
    }

    private Predicate<CourseView> wanted(String classification, @Nullable String search) {
        Instant now = clock.instant();
        return switch (classification) {
            case "all", "allincludinghidden" -> view -> true;
            case "inprogress" -> view -> !isFuture(view.course(), now) && !isPast(view.course(), now);
            case "past" -> view -> isPast(view.course(), now);
            case "future" -> view -> isFuture(view.course(), now);
            case "favourites" -> view -> view.enrolment().favourite();
            case "hidden" -> view -> view.enrolment().removedFromOverview();
            case "search" -> view -> matches(view.course(), search);
            default -> throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        };
    }

    private static boolean matches(Course course, @Nullable String search) {
        String part = search == null ? "" : search.toLowerCase(Locale.ROOT);
        return course.name().toLowerCase(Locale.ROOT).contains(part);
    }

    private boolean isFuture(Course course, Instant now) {
        return site.start(course).isAfter(now);
    }

    private boolean isPast(Course course, Instant now) {
        Instant end = site.end(course);
        return end != null && end.isBefore(now);
    }

    private static Comparator<CourseView> order(@Nullable String sort, List<CourseView> visited) {
        String[] words = (sort == null || sort.isBlank() ? "id" : sort).strip().split("\\s+");
        boolean descending = words.length == 2 && words[1].equalsIgnoreCase("desc");
        if (words.length > 2 || words.length == 2 && !descending && !words[1].equalsIgnoreCase("asc")) {
            throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        }
        Comparator<CourseView> order = switch (words[0]) {
            case "id" -> comparing(view -> view.course().id());
            case "fullname" -> comparing(view -> view.course().name(), String.CASE_INSENSITIVE_ORDER);
            case "shortname" -> comparing(view -> view.course().shortName(), String.CASE_INSENSITIVE_ORDER);
            case "startdate" -> comparing(view -> view.course().startDays());
            case "enddate" ->
                comparing(view -> Objects.requireNonNullElse(view.course().endDays(), -10_000));
            case "ul.timeaccess" ->
                comparing((CourseView view) -> visited.indexOf(view)).reversed();
            default -> throw new AjaxFailure(AjaxError.INVALID_PARAMETER);
        };
        return descending ? order.reversed() : order;
    }

    private ObjectNode summary(CourseView view) {
        Course course = view.course();
        Instant end = site.end(course);
        return PhpJson.object()
                .put("id", course.id())
                .put("fullname", Html.name(course.name()))
                .put("shortname", Html.name(course.shortName()))
                .put("idnumber", course.idNumber())
                .put("summary", course.summary())
                .put("summaryformat", 1)
                .put("startdate", site.start(course).getEpochSecond())
                .put("enddate", end == null ? 0 : end.getEpochSecond())
                .put("visible", course.isVisible())
                .put("showactivitydates", true)
                .put("showcompletionconditions", true)
                .put("pdfexportfont", "")
                .put("fullnamedisplay", Html.name(course.name()))
                .put("viewurl", site.link("/course/view.php?id=" + course.id()))
                .put("courseimage", image(course))
                .put("progress", view.progress().orElse(0))
                .put("hasprogress", view.progress().isPresent())
                .put("isfavourite", view.enrolment().favourite())
                .put("hidden", view.enrolment().removedFromOverview())
                .put("showshortname", false)
                .put("coursecategory", Html.name(course.category()));
    }

    private static Set<String> fields(JsonNode required) {
        Set<String> names = new HashSet<>();
        required.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static String image(Course course) {
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60">\
                <rect width="120" height="60" fill="hsl(%1$d 45%% 70%%)"/>\
                <circle cx="30" cy="60" r="34" fill="hsl(%1$d 45%% 58%%)"/>\
                <circle cx="96" cy="0" r="40" fill="hsl(%1$d 45%% 82%%)"/></svg>""".formatted(course.id() * 47 % 360);
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}
