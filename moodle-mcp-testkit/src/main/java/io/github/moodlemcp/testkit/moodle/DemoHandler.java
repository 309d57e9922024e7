package io.github.moodlemcp.testkit.moodle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.moodlemcp.testkit.moodle.DemoFault.Mode;
import io.github.moodlemcp.testkit.moodle.DemoFault.Target;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every request comes through here: controls, faults, {@code service.php} or a page. */
final class DemoHandler implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(DemoHandler.class.getName());
    private static final Pattern ACTIVITY = Pattern.compile("/mod/([a-z]+)/view\\.php");

    private final DemoSite site;
    private final SessionStore sessions;
    private final FaultSwitch faults;
    private final TrafficRecorder traffic;
    private final ControlEndpoint control;
    private final AjaxEndpoint ajax;
    private final LoginPages login;
    private final CoursePages courses;
    private final StudentPages student;
    private final FormPages forms;
    private final PageFrame frame;

    DemoHandler(
            DemoSite site,
            StudentData data,
            ActivityData activities,
            SessionStore sessions,
            FaultSwitch faults,
            TrafficRecorder traffic,
            AjaxEndpoint ajax) {
        this.site = site;
        this.sessions = sessions;
        this.faults = faults;
        this.traffic = traffic;
        this.ajax = ajax;
        this.control = new ControlEndpoint(site, faults, sessions, traffic);
        this.frame = new PageFrame(site, sessions);
        this.login = new LoginPages(site, sessions, frame);
        this.student = new StudentPages(site, data, frame, login);
        this.courses = new CoursePages(site, sessions, frame, login, student, activities);
        this.forms = new FormPages(site, data, activities, frame, courses);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            WebRequest request = WebRequest.read(exchange);
            WebAnswer answer =
                    request == null ? WebAnswer.html(413, "<h1>Request too large</h1>") : answerOrFailure(request);
            answer.send(exchange);
        }
    }

    private WebAnswer answerOrFailure(WebRequest request) {
        try {
            return answer(request);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return WebAnswer.html(503, "<h1>Stopping</h1>");
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "event=demo_moodle_defect", defect);
            return WebAnswer.html(500, "<h1>Defect of the demo Moodle</h1><p>Its log says more.</p>");
        }
    }

    private WebAnswer answer(WebRequest request) throws InterruptedException {
        if (request.path().startsWith(ControlEndpoint.PREFIX)) {
            return control.answer(request);
        }
        traffic.request(request);
        String prefix = site.wwwroot().getPath();
        if (request.path().equals("/") && !prefix.isEmpty()) {
            return WebAnswer.seeOther(site.link("/"));
        }
        if (!request.path().startsWith(prefix + "/") && !request.path().equals(prefix)) {
            return notFound();
        }
        WebRequest below = request.below(prefix);
        if (TrafficRecorder.isAttempt(below.path())) {
            traffic.attempt();
        }
        if (!request.host().equals(site.wwwroot().getAuthority())) {
            return WebAnswer.seeOther(site.link("/"));
        }
        return afterFault(below);
    }

    private WebAnswer afterFault(WebRequest request) throws InterruptedException {
        if (request.path().equals("/lib/ajax/service-nologin.php")) {
            return ajax.serviceWithoutLogin(request);
        }
        boolean isAjax = request.path().equals("/lib/ajax/service.php");
        Mode mode = faults.modeFor(isAjax ? Target.AJAX : Target.PAGES);
        Optional<WebAnswer> wrong = FaultSwitch.answerOf(mode);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (mode == Mode.SLOW) {
            faults.awaitSlowAnswer();
        }
        String cookie = request.cookies().get(SessionStore.COOKIE);
        MoodleSession found = sessions.open(cookie);
        MoodleSession session = !isAjax || AjaxEndpoint.prolongs(request) ? sessions.prolong(found) : found;
        MoodleSession seen = mode == Mode.LOGIN_EVERYWHERE ? session.withoutUser() : session;
        WebAnswer answer = isAjax ? ajax.service(request, seen) : page(request, seen);
        boolean isNew = !session.id().equals(cookie);
        return isNew && !answer.has("Set-Cookie") ? login.withCookie(answer, session) : answer;
    }

    private WebAnswer page(WebRequest request, MoodleSession session) {
        Optional<WebAnswer> form = forms.answer(request, session);
        if (form.isPresent()) {
            return form.get();
        }
        Matcher activity = ACTIVITY.matcher(request.path());
        if (activity.matches()) {
            return request.number("pageid") > 0
                    ? courses.wikiPage(request.number("pageid"), session)
                    : courses.activity(activity.group(1), request.number("id"), session);
        }
        if (DemoFiles.isFile(request.path())) {
            return courses.file(request.path(), session);
        }
        if (TrafficRecorder.isAttempt(request.path())) {
            return frame.error(session, "noattempts", "The demo has no quiz attempts.");
        }
        return switch (request.path()) {
            case "/", "/index.php" -> courses.front(session);
            case "/login/", "/login/index.php" -> login.login(request, session);
            case "/login/logout.php" -> login.logout(request, session);
            case "/my/", "/my/index.php", "/my/courses.php" -> courses.dashboard(session);
            case "/course/view.php" -> courses.course(request.number("id"), session);
            case "/enrol/index.php" -> courses.enrolment(request.number("id"), session);
            case "/mod/book/tool/print/index.php" -> courses.book(request.number("id"), session);
            case "/mod/quiz/review.php" -> courses.quizReview(request.number("attempt"), session);
            case "/mod/forum/search.php" ->
                student.foundPosts(request.number("id"), request.parameter("search"), session);
            case "/grade/report/user/index.php" -> student.grades(request.number("id"), session);
            case "/grade/report/overview/index.php" -> student.totals(session);
            default -> notFound();
        };
    }

    private static WebAnswer notFound() {
        return WebAnswer.html(
                404,
                "<!DOCTYPE html><html lang=\"en\"><head><title>Not Found</title></head>"
                        + "<body><h1>Not Found</h1></body></html>");
    }
}
