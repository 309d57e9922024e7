package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.moodle.ActivityData.Person;
import io.github.moodlemcp.testkit.moodle.AjaxFunction.Call;
import io.github.moodlemcp.testkit.moodle.AjaxParameter.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code core_table_get_dynamic_table_content}, of which the demo has the table of the people in a course. */
final class PeopleFunction {
    private final DemoSite site;
    private final ActivityData data;

    PeopleFunction(DemoSite site, ActivityData data) {
        this.site = site;
        this.data = data;
    }

    AjaxFunction function() {
        return new AjaxFunction(
                "core_table_get_dynamic_table_content",
                true,
                List.of(
                        AjaxParameter.required("component", Kind.TEXT),
                        AjaxParameter.required("handler", Kind.TEXT),
                        AjaxParameter.required("uniqueid", Kind.TEXT),
                        AjaxParameter.required("sortdata", Kind.TEXTS),
                        AjaxParameter.optionalTexts("filters"),
                        AjaxParameter.required("jointype", Kind.INTEGER),
                        AjaxParameter.required("firstinitial", Kind.TEXT),
                        AjaxParameter.required("lastinitial", Kind.TEXT),
                        AjaxParameter.required("pagenumber", Kind.INTEGER),
                        AjaxParameter.required("pagesize", Kind.INTEGER),
                        AjaxParameter.required("hiddencolumns", Kind.TEXTS),
                        AjaxParameter.optionalFlag("resetpreferences")),
                this::call);
    }

    private JsonNode call(Call call) {
        long course = filter(call, "courseid").asLong();
        if (!call.text("handler").equals("participants")
                || site.courseOf(call.user(), course).isEmpty()) {
            throw new AjaxFailure(AjaxError.REQUIRE_LOGIN);
        }
        String words = filter(call, "keywords").asText("").toLowerCase(Locale.ROOT);
        List<Person> found = people(course)
                .filter(person -> person.name().toLowerCase(Locale.ROOT).contains(words))
                .toList();
        long size = call.number("pagesize");
        String rows = found.stream()
                .skip((call.number("pagenumber") - 1) * size)
                .limit(size)
                .map(person -> row(course, person))
                .collect(Collectors.joining());
        return PhpJson.object().put("html", """
                <div data-region="core_table/dynamic" data-table-total-rows="%d"><table><thead><tr><th>Select</th>\
                <th><a data-sortby="firstname">First name</a><a data-column="fullname">-</a></th>\
                <th><a data-column="email">-</a></th><th><a data-column="roles">-</a></th>\
                <th><a data-column="groups">-</a></th><th><a data-column="lastaccess">-</a></th></tr></thead>\
                <tbody>%s</tbody></table></div>
                """.formatted(found.size(), rows));
    }

    private Stream<Person> people(long course) {
        Stream<Person> users = site.users().stream()
                .filter(user -> site.isEnrolled(user, course))
                .map(user -> new Person(
                        user.id(), user.name(), course, site.teaches(user, course) ? "Teacher" : "Student", "", null));
        return Stream.concat(users, data.people().stream().filter(person -> person.course() == course));
    }

    private String row(long course, Person person) {
        return """
                <tr><td><input type="checkbox"></td><th><a href="%s"><span class="userinitials">XY</span>%s</a></th>\
                <td>%s</td><td>%s</td><td>%s</td><td>Never</td></tr>
                """.formatted(
                        Html.text(site.link("/user/view.php?id=" + person.id() + "&course=" + course)),
                        Html.text(person.name()),
                        Html.text(Objects.requireNonNullElse(person.email(), "")),
                        person.role(),
                        Html.text(person.groups()));
    }

    /** The first value of a filter. */
    private static JsonNode filter(Call call, String name) {
        for (JsonNode filter : call.arguments().path("filters")) {
            if (filter.path("name").asText().equals(name)) {
                return filter.path("values").path(0);
            }
        }
        return PhpJson.array().path(0);
    }
}
