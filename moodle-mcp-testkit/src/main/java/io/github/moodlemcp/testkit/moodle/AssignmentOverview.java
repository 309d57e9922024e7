package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.StudentData.Assignment;
import java.util.Objects;
import java.util.stream.Collectors;

/** The fragment {@code course_overview} of {@link Fragments}: the assignments of a course. */
final class AssignmentOverview {
    private final DemoSite site;
    private final StudentData data;

    AssignmentOverview(DemoSite site, StudentData data) {
        this.site = site;
        this.data = data;
    }

    /** The assignments of a course that the user sees. */
    String html(DemoUser user, long courseId) {
        CourseView view = site.courseOf(user, courseId).orElseThrow(() -> new AjaxFailure(AjaxError.REQUIRE_LOGIN));
        String rows = view.sections().stream()
                .flatMap(section -> view.activities(section).stream())
                .flatMap(activity -> data.assignments().stream()
                        .filter(assignment -> assignment.id() == activity.id())
                        .map(assignment -> row(activity.name(), assignment)))
                .collect(Collectors.joining());
        return "<table class=\"course-overview-table\"><tbody>" + rows + "</tbody></table>";
    }

    private String row(String name, Assignment assignment) {
        String status = assignment.state().isEmpty() ? "No submission" : "Submission: " + assignment.state();
        return """
                <tr data-mdl-overview-cmid="%1$d"><td data-mdl-overview-item="name" data-mdl-overview-value="%2$s">\
                <a class="activityname" href="%3$s">%2$s</a></td>\
                <td data-mdl-overview-item="duedate" data-mdl-overview-value="%4$d">In words</td>\
                <td data-mdl-overview-item="submissionstatus" data-mdl-overview-value="%5$s">%5$s</td>\
                <td data-mdl-overview-item="Grade" data-mdl-overview-value="">%6$s</td></tr>
                """.formatted(
                        assignment.id(),
                        Html.text(name),
                        Html.text(site.link("/mod/assign/view.php?id=" + assignment.id())),
                        site.seconds(assignment.dueHours()),
                        Html.text(status),
                        Objects.requireNonNullElse(assignment.grade(), "-"));
    }
}
