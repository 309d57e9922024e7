package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.ActivityData.Restriction;
import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import io.github.moodlemcp.testkit.moodle.SiteData.Section;
import java.util.stream.Collectors;

/** The fragments {@code cmitem} and {@code section}: how activities stand on the page of their course. */
final class CourseItems {
    private final DemoSite site;
    private final ActivityData data;

    CourseItems(DemoSite site, ActivityData data) {
        this.site = site;
        this.data = data;
    }

    /** One activity that the user may open. */
    String item(DemoUser user, long courseId, long activityId) {
        CourseView view = view(user, courseId);
        for (Section section : view.course().sections()) {
            for (Activity activity : section.activities()) {
                if (activity.id() == activityId && view.canOpen(section, activity)) {
                    return item(activity, false);
                }
            }
        }
        throw new AjaxFailure(AjaxError.REQUIRE_LOGIN);
    }

    /** A section that is listed, with the activities that the user sees, locked ones too. */
    String section(DemoUser user, long courseId, long sectionId) {
        CourseView view = view(user, courseId);
        return view.sections().stream()
                .filter(section -> section.id() == sectionId)
                .findFirst()
                .map(section -> view.activities(section).stream()
                        .map(activity -> item(activity, !view.canOpen(section, activity)))
                        .collect(Collectors.joining(
                                "", "<li class=\"section\" data-for=\"section\"><ul>", "</ul></li>")))
                .orElseThrow(() -> new AjaxFailure(AjaxError.INVALID_RECORD));
    }

    private CourseView view(DemoUser user, long courseId) {
        return site.courseOf(user, courseId).orElseThrow(() -> new AjaxFailure(AjaxError.REQUIRE_LOGIN));
    }

    private String item(Activity activity, boolean locked) {
        String text = activity.module().equals("label")
                ? data.text(activity.id())
                        .map(html -> "<div class=\"activity-altcontent\">" + html + "</div>")
                        .orElse("")
                : "";
        String why = data.restrictions().stream()
                .filter(restriction -> locked && restriction.id() == activity.id())
                .map(Restriction::text)
                .map(reason -> "<div data-region=\"availabilityinfo\">" + Html.text(reason) + "</div>")
                .collect(Collectors.joining());
        String completion = activity.tracked()
                ? "<div data-region=\"completionrequirements\"><div role=\"listitem\">View</div></div>"
                : "";
        return """
                <li class="activity %1$s modtype_%1$s" data-for="cmitem" data-id="%2$d">%3$s%4$s%5$s</li>
                """.formatted(activity.module(), activity.id(), text, why, completion);
    }
}
