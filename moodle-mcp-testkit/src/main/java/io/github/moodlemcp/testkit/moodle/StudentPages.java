package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.MoodlePage.Place;
import io.github.moodlemcp.testkit.moodle.StudentData.Assignment;
import io.github.moodlemcp.testkit.moodle.StudentData.Grade;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pages that a student opens in a course, with the ids and classes that Moodle's have. */
final class StudentPages {
    private final DemoSite site;
    private final StudentData data;
    private final PageFrame frame;
    private final LoginPages login;

    StudentPages(DemoSite site, StudentData data, PageFrame frame, LoginPages login) {
        this.site = site;
        this.data = data;
        this.frame = frame;
        this.login = login;
    }

    /** What an activity's page shows below its title; empty when the demo has nothing for it. */
    Optional<String> content(SiteData.Activity activity) {
        return activity.module().equals("forum")
                ? Optional.of(forum(activity))
                : data.assignments().stream()
                        .filter(assignment -> assignment.id() == activity.id())
                        .findFirst()
                        .map(this::assignment);
    }

    private String forum(SiteData.Activity forum) {
        String rows = data.discussions().stream()
                .filter(discussion -> discussion.forum() == forum.id())
                .map(this::discussion)
                .collect(Collectors.joining());
        return "<div id=\"intro\"><p>Talk to each other.</p></div><a href=\""
                + Html.text(site.link("/mod/forum/post.php?forum=" + FormPages.instanceOf(forum.id())))
                + "\">Add a discussion</a><table class=\"discussion-list\"><tbody>" + rows
                + "</tbody></table>";
    }

    private String discussion(StudentData.Discussion discussion) {
        StudentData.Post first = discussion.posts().getFirst();
        return """
                <tr class="discussion" data-region="discussion-list-item" data-discussionid="%1$d">\
                <th class="topic"><a href="%2$s">%3$s</a>\
                <span data-region="locked-label" hidden>Locked</span></th>\
                <td class="author"><div class="author-info"><div>%4$s</div>\
                <div><time data-timestamp="%5$d">then</time></div></div></td>\
                <td><div class="author-info"><time data-timestamp="%6$d">later</time></div></td><td>%7$d</td></tr>
                """.formatted(
                        discussion.id(),
                        Html.text(site.link("/mod/forum/discuss.php?d=" + discussion.id())),
                        Html.text(discussion.subject()),
                        Html.text(site.nameOf(first.author())),
                        site.seconds(first.hours()),
                        site.seconds(discussion.posts().getLast().hours()),
                        discussion.posts().size() - 1);
    }

    /** {@code /mod/forum/search.php}: the posts of a course's forums in which all words stand. */
    WebAnswer foundPosts(long courseId, String words, MoodleSession session) {
        DemoUser user = session.user();
        if (user == null) {
            return login.required(session, "/mod/forum/search.php?id=" + courseId);
        }
        if (site.courseOf(user, courseId).isEmpty()) {
            return WebAnswer.seeOther(site.link("/enrol/index.php?id=" + courseId));
        }
        String posts = data.discussions().stream()
                .filter(discussion -> site.courseOfActivity(discussion.forum())
                        .filter(course -> course.id() == courseId)
                        .isPresent())
                .flatMap(discussion -> discussion.posts().stream()
                        .filter(post -> holds(discussion.subject() + " " + post.message(), words))
                        .map(post -> foundPost(discussion, post)))
                .collect(Collectors.joining());
        return frame.answer(
                session, new MoodlePage("Forums", "page-mod-forum-search", "path-mod", Place.course(courseId), posts));
    }

    private static boolean holds(String text, String words) {
        String all = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(all::contains);
    }

    private String foundPost(StudentData.Discussion discussion, StudentData.Post post) {
        return """
                <article data-region="post" data-post-id="%d"><header><h4><a href="%s">Forum</a> -&gt; \
                <a href="%s">%s</a></h4><a href="%s">%s</a> <time datetime="%s">then</time></header>\
                <div class="post-content-container">%s</div></article>
                """.formatted(
                        post.id(),
                        Html.text(site.link("/mod/forum/view.php?id=" + discussion.forum())),
                        Html.text(site.link("/mod/forum/discuss.php?d=" + discussion.id())),
                        Html.text(discussion.subject()),
                        Html.text(site.link("/user/view.php?id=" + post.author())),
                        Html.text(site.nameOf(post.author())),
                        Instant.ofEpochSecond(site.seconds(post.hours())),
                        post.message());
    }

    private String assignment(Assignment assignment) {
        String state = assignment.state().isEmpty() ? "" : "submissionstatus" + assignment.state();
        String text = plugin("assignsubmission_onlinetext", "Online text", assignment.text());
        String links = assignment.files().stream().map(this::link).collect(Collectors.joining(" "));
        String file = links.isEmpty() ? "" : plugin("assignsubmission_file", "File submissions", links);
        String feedback = assignment.grade() == null
                ? ""
                : """
                <div class="feedback"><h3>Feedback</h3><table class="generaltable"><tr><th>Grade</th><td>%s / 10,00</td>\
                </tr>%s</table></div>
                """.formatted(
                                assignment.grade(),
                                plugin("assignfeedback_comments", "Feedback comments", assignment.feedback()));
        return """
                <div id="intro"><div class="no-overflow">%s</div></div>
                <div class="submissionstatustable"><h3>Submission status</h3><table class="generaltable">
                <tr><th>Submission status</th><td class="%s">In words</td></tr>
                <tr><th>Grading status</th><td class="%s">In words</td></tr>%s%s</table></div>%s%s
                """.formatted(
                        assignment.intro(),
                        state,
                        assignment.grade() == null ? "submissionnotgraded" : "submissiongraded",
                        text,
                        file,
                        buttons(assignment),
                        feedback);
    }

    private String link(String file) {
        String name = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
        return "<a href=\"%s\">file</a>".formatted(site.link("/pluginfile.php/1/assignsubmission_file/" + name));
    }

    /** The buttons that lead on from an assignment. */
    private static String buttons(Assignment assignment) {
        List<String> actions = switch (assignment.state()) {
            case "draft" -> List.of("submit", "editsubmission");
            case "submitted" -> List.<String>of();
            default -> List.of("editsubmission");
        };
        return actions.stream()
                .map(action ->
                        ("<div class=\"singlebutton\"><form method=\"get\"><input type=\"hidden\" name=\"action\" "
                                        + "value=\"%s\"><button>Go on</button></form></div>")
                                .formatted(action))
                .collect(Collectors.joining());
    }

    private static String plugin(String name, String title, @Nullable String html) {
        return html == null
                ? ""
                : "<tr><th>%s</th><td><div class=\"plugincontentsummary summary_%s_1\">%s</div></td></tr>"
                        .formatted(title, name, html);
    }

    /** {@code /grade/report/user/index.php}. */
    WebAnswer grades(long courseId, MoodleSession session) {
        DemoUser user = session.user();
        if (user == null) {
            return login.required(session, "/grade/report/user/index.php?id=" + courseId);
        }
        if (site.course(courseId).isEmpty()) {
            return frame.error(session, "invalidcourseid", "There is no such course.");
        }
        if (site.courseOf(user, courseId).isEmpty()) {
            return WebAnswer.seeOther(site.link("/enrol/index.php?id=" + courseId));
        }
        String rows = data.grades().stream()
                .filter(grade -> grade.course() == courseId)
                .map(this::row)
                .collect(Collectors.joining());
        return frame.answer(
                session,
                new MoodlePage(
                        "Grades",
                        "page-grade-report-user-index",
                        "path-grade",
                        Place.course(courseId),
                        "<table class=\"user-grade generaltable\"><tbody>" + rows + "</tbody></table>"));
    }

    private String row(Grade grade) {
        String kind = switch (grade.kind()) {
            case "category" -> "level1 category";
            case "total" -> "level1 baggt";
            default -> "level2 item";
        };
        String name = grade.activity() == null
                ? "<span class=\"rowtitle\">" + Html.text(grade.name()) + "</span>"
                : "<a class=\"gradeitemheader\" href=\"%s\">%s</a>"
                        .formatted(
                                site.link("/mod/" + grade.module() + "/view.php?id=" + grade.activity()),
                                Html.text(grade.name()));
        String cells = grade.kind().equals("category")
                ? ""
                : cell("grade", grade.grade())
                        + cell("range", grade.range())
                        + cell("percentage", grade.percentage())
                        + cell("feedback", grade.feedback());
        return "<tr><th class=\"%s column-itemname\">%s</th>%s</tr>".formatted(kind, name, cells);
    }

    private static String cell(String column, @Nullable String html) {
        return "<td class=\"column-%s\">%s</td>".formatted(column, Objects.requireNonNullElse(html, "&nbsp;"));
    }

    /** {@code /grade/report/overview/index.php}. */
    WebAnswer totals(MoodleSession session) {
        DemoUser user = session.user();
        if (user == null) {
            return login.required(session, "/grade/report/overview/index.php");
        }
        List<CourseView> courses = site.courses(user);
        String rows = courses.stream().map(this::total).collect(Collectors.joining());
        return frame.answer(
                session,
                new MoodlePage(
                        "Grades",
                        "page-grade-report-overview-index",
                        "path-grade",
                        Place.user(user),
                        "<table id=\"overview-grade\"><tbody>" + rows + "</tbody></table>"));
    }

    private String total(CourseView view) {
        String grade = data.grades().stream()
                .filter(row -> row.course() == view.course().id() && row.kind().equals("total"))
                .map(row -> Objects.requireNonNullElse(row.grade(), "-"))
                .findFirst()
                .orElse("-");
        return "<tr><td><a href=\"%s\">%s</a></td><td>%s</td></tr>"
                .formatted(
                        site.link("/course/user.php?mode=grade&amp;id="
                                + view.course().id()),
                        Html.text(view.course().name()),
                        grade);
    }
}
