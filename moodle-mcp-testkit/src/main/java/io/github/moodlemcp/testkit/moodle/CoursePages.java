package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.MoodlePage.Place;
import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import io.github.moodlemcp.testkit.moodle.SiteData.Course;
import io.github.moodlemcp.testkit.moodle.SiteData.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The dashboard, the course pages and the pages of their activities. */
final class CoursePages {
    private final DemoSite site;
    private final SessionStore sessions;
    private final PageFrame frame;
    private final LoginPages login;
    private final DemoFiles files;
    private final StudentPages student;
    private final ActivityPages activities;
    private final QuizPages quizzes;
    private final ActivityData data;

    CoursePages(
            DemoSite site,
            SessionStore sessions,
            PageFrame frame,
            LoginPages login,
            StudentPages student,
            ActivityData data) {
        this.site = site;
        this.sessions = sessions;
        this.frame = frame;
        this.login = login;
        this.files = new DemoFiles(site);
        this.student = student;
        this.activities = new ActivityPages(site, data);
        this.quizzes = new QuizPages(site, data);
        this.data = data;
    }

    WebAnswer front(MoodleSession session) {
        String main = """
                <p>A small stand-in for a Moodle site, for trying out Moodle MCP and for its tests. Its people and \
                courses are invented.</p><p><a class="btn" href="%s">%s</a></p>
                """.formatted(
                        Html.text(site.link(session.user() == null ? "/login/index.php" : "/my/")),
                        session.user() == null ? "Log in" : "Go to the dashboard");
        return frame.answer(
                session,
                new MoodlePage("Welcome", "page-site-index", "path-site pagelayout-frontpage", Place.system(), main));
    }

    WebAnswer dashboard(MoodleSession session) {
        DemoUser user = session.user();
        if (user == null) {
            return login.required(session, "/my/");
        }
        String cards = site.courses(user).stream().map(this::card).collect(Collectors.joining());
        return frame.answer(
                session,
                new MoodlePage(
                        "Dashboard",
                        "page-my-index",
                        "path-my pagelayout-mydashboard",
                        Place.user(user),
                        "<ul class=\"courses\">" + cards + "</ul>"));
    }

    WebAnswer course(long id, MoodleSession session) {
        Optional<Course> course = site.course(id);
        if (course.isEmpty()) {
            return frame.error(session, "invalidrecord", "There is no such course.");
        }
        DemoUser user = session.user();
        if (user == null) {
            return login.required(session, "/course/view.php?id=" + id);
        }
        if (!site.isEnrolled(user, id)) {
            return WebAnswer.seeOther(site.link("/enrol/index.php?id=" + id));
        }
        Optional<CourseView> view = site.courseOf(user, id);
        if (view.isEmpty()) {
            return notice(session, "This course is currently unavailable to students.");
        }
        String sections = view.get().sections().stream()
                .map(section -> section(view.get(), section))
                .collect(Collectors.joining());
        return frame.answer(
                session,
                new MoodlePage(
                        course.get().name(),
                        "page-course-view-topics",
                        "format-topics path-course path-course-view pagelayout-course",
                        Place.course(id),
                        "<div class=\"course-content\"><ul class=\"topics\">" + sections + "</ul></div>"));
    }

    WebAnswer enrolment(long id, MoodleSession session) {
        if (site.course(id).isEmpty()) {
            return frame.error(session, "invalidrecord", "There is no such course.");
        }
        DemoUser user = session.user();
        if (user == null) {
            return login.required(session, "/enrol/index.php?id=" + id);
        }
        return site.isEnrolled(user, id)
                ? WebAnswer.seeOther(site.link("/course/view.php?id=" + id))
                : notice(session, "You cannot enrol yourself in this course.");
    }

    /** A page {@code /mod/MODULE/view.php}; not every activity of the demo holds something. */
    WebAnswer activity(String module, long id, MoodleSession session) {
        return opened(
                module,
                id,
                session,
                (course, activity) -> frame.answer(session, activityPage(course, activity, session)));
    }

    /** A page {@code /mod/wiki/view.php?pageid=}. */
    WebAnswer wikiPage(long page, MoodleSession session) {
        long wiki = activities.wikiOf(page).orElse(0L);
        return opened(
                "wiki",
                wiki,
                session,
                (course, activity) -> frame.answer(
                        session,
                        page(
                                course,
                                activity,
                                "view",
                                activities.wikiPage(wiki, page).orElse(""))));
    }

    /** The page {@code /mod/book/tool/print/index.php}. */
    WebAnswer book(long id, MoodleSession session) {
        return opened(
                "book",
                id,
                session,
                (course, activity) ->
                        frame.answer(session, page(course, activity, "print", activities.chapters(activity.id()))));
    }

    /** The page {@code /mod/quiz/review.php}. */
    WebAnswer quizReview(long attempt, MoodleSession session) {
        DemoUser user = session.user();
        Optional<ActivityData.Quiz> quiz = data.quizOfAttempt(attempt);
        Optional<String> review =
                user == null ? Optional.empty() : quiz.flatMap(one -> quizzes.review(one, attempt, user.id()));
        if (user != null && review.isEmpty()) {
            return frame.error(session, "notyourattempt", "This is not your attempt.");
        }
        return opened(
                "quiz",
                quiz.map(ActivityData.Quiz::id).orElse(0L),
                session,
                (course, activity) -> frame.answer(session, page(course, activity, "review", review.orElse(""))));
    }

    /** A file {@code /pluginfile.php/…}; whoever may not open its activity may not have it. */
    WebAnswer file(String path, MoodleSession session) {
        Optional<Activity> activity = files.activityOf(path).flatMap(site::activity);
        return activity.isEmpty()
                ? frame.error(session, "filenotfound", "Sorry, the requested file could not be found.")
                : opened(activity.get().module(), activity.get().id(), session, (course, found) -> files.file(path));
    }

    /** What there is to see of an activity, for those who may open it; the others are sent elsewhere. */
    WebAnswer opened(String module, long id, MoodleSession session, BiFunction<Long, Activity, WebAnswer> shown) {
        Optional<Course> course = site.courseOfActivity(id);
        if (course.isEmpty()) {
            return frame.error(session, "invalidcoursemodule", "There is no such activity.");
        }
        long courseId = course.get().id();
        DemoUser user = session.user();
        Optional<CourseView> view = user == null ? Optional.empty() : site.courseOf(user, courseId);
        if (view.isEmpty()) {
            return user == null
                    ? login.required(session, "/mod/" + module + "/view.php?id=" + id)
                    : WebAnswer.seeOther(site.link("/course/view.php?id=" + courseId));
        }
        for (Section section : course.get().sections()) {
            for (Activity activity : section.activities()) {
                if (activity.id() == id
                        && activity.module().equals(module)
                        && view.get().canOpen(section, activity)) {
                    return shown.apply(courseId, activity);
                }
            }
        }
        sessions.change(session, current -> current.withNotice("Sorry, this activity is not available to you."));
        return WebAnswer.seeOther(site.link("/course/view.php?id=" + courseId));
    }

    private MoodlePage activityPage(long courseId, Activity activity, MoodleSession session) {
        DemoUser user = session.user();
        String content = student.content(activity)
                .or(() -> activities.content(activity, session))
                .or(() -> quizzes.content(activity, user == null ? 0 : user.id()))
                .orElseGet(() ->
                        "<p class=\"card\">" + ModuleNames.of(activity) + " without content: this is a demo.</p>");
        return page(courseId, activity, "view", files.links(activity.id()) + content);
    }

    static MoodlePage page(long courseId, Activity activity, String page, String main) {
        String module = activity.module();
        return new MoodlePage(
                activity.name(),
                "page-mod-" + module + "-" + page,
                "path-mod path-mod-" + module + " pagelayout-incourse cmid-" + activity.id() + " cm-type-" + module,
                Place.activity(courseId, activity.id()),
                main);
    }

    private WebAnswer notice(MoodleSession session, String text) {
        String main =
                "<div id=\"notice\" class=\"box generalbox card\">%s</div><p><a class=\"btn\" href=\"%s\">Continue</a></p>"
                        .formatted(Html.text(text), Html.text(site.link("/my/")));
        return frame.answer(session, new MoodlePage("Notice", "page-enrol-index", "path-enrol", Place.system(), main));
    }

    private String card(CourseView view) {
        Course course = view.course();
        String progress = view.progress().isPresent() ? view.progress().getAsInt() + "% complete" : "";
        return """
                <li class="card course-card" data-course-id="%d"><p class="category" dir="auto">%s</p>
                <h2 dir="auto"><a href="%s">%s</a></h2>
                <p class="badges">%s%s%s%s</p></li>
                """.formatted(
                        course.id(),
                        Html.text(course.category()),
                        Html.text(site.link("/course/view.php?id=" + course.id())),
                        Html.text(course.name()),
                        badge(view.enrolment().favourite(), "starred"),
                        badge(!course.isVisible(), "hidden from students"),
                        badge(view.enrolment().removedFromOverview(), "removed from view"),
                        progress);
    }

    private String section(CourseView view, Section section) {
        List<Activity> activities = view.activities(section);
        String items = activities.stream()
                .map(activity -> activity(view, section, activity))
                .collect(Collectors.joining());
        return """
                <li id="section-%1$d" class="section course-section card" data-for="section" data-id="%2$d" \
                data-number="%1$d"><h2 class="sectionname" dir="auto">%3$s</h2>%4$s<ul>%5$s</ul></li>
                """.formatted(
                        section.number(),
                        section.id(),
                        Html.text(section.displayTitle()),
                        badge(!section.isVisible(), "hidden from students") + badge(section.restricted(), "restricted"),
                        items);
    }

    private String activity(CourseView view, Section section, Activity activity) {
        boolean linked = activity.hasPage() && view.canOpen(section, activity);
        String href = site.link("/mod/" + activity.module() + "/view.php?id=" + activity.id());
        String name = Html.text(activity.name());
        return """
                <li class="activity %1$s modtype_%1$s" id="module-%2$d" data-for="cmitem" data-id="%2$d">\
                <span class="kind">%3$s</span> <bdi>%4$s</bdi>%5$s</li>
                """.formatted(
                        activity.module(),
                        activity.id(),
                        ModuleNames.of(activity),
                        linked ? "<a href=\"" + Html.text(href) + "\">" + name + "</a>" : name,
                        badge(activity.restricted(), "restricted")
                                + badge(!view.isMarkedVisible(section, activity), "hidden from students"));
    }

    private static String badge(boolean shown, String text) {
        return shown ? " <span class=\"badge\">" + text + "</span>" : "";
    }
}
