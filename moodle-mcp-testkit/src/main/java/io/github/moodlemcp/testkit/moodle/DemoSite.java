package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The demo Moodle's content: who is enrolled where, and what that lets them see. Immutable. */
final class DemoSite {
    private static final String RESOURCE = "demo-site.json";

    private final SiteData data;
    private final URI wwwroot;
    private final Instant started;

    private DemoSite(SiteData data, URI wwwroot, Instant started) {
        this.data = data;
        this.wwwroot = wwwroot;
        this.started = started;
    }

    /** Reads the content; course dates count from {@code started}. */
    static DemoSite load(URI wwwroot, Instant started) {
        try (InputStream resource = DemoSite.class.getResourceAsStream(RESOURCE)) {
            return new DemoSite(new JsonMapper().readValue(resource, SiteData.class), wwwroot, started);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read.", unreadable);
        }
    }

    URI wwwroot() {
        return wwwroot;
    }

    String link(String path) {
        return wwwroot + path;
    }

    String name() {
        return data.name();
    }

    Instant started() {
        return started;
    }

    List<DemoUser> users() {
        return data.users();
    }

    Optional<DemoUser> user(String username, String password) {
        return data.users().stream()
                .filter(user ->
                        user.username().equals(username) && user.password().equals(password))
                .findFirst();
    }

    Optional<SiteData.Course> course(long id) {
        return data.courses().stream().filter(course -> course.id() == id).findFirst();
    }

    /** The name of the user with this id. */
    String nameOf(long userId) {
        return data.users().stream()
                .filter(user -> user.id() == userId)
                .map(DemoUser::name)
                .findFirst()
                .orElse("");
    }

    /** The moment so many hours after the start, in seconds since 1970. */
    long seconds(int hours) {
        return started.plus(Duration.ofHours(hours)).getEpochSecond();
    }

    /** The activity with this id, whatever course it is in. */
    Optional<SiteData.Activity> activity(long id) {
        return data.courses().stream()
                .flatMap(course -> course.sections().stream())
                .flatMap(section -> section.activities().stream())
                .filter(activity -> activity.id() == id)
                .findFirst();
    }

    /** The course that holds the activity. */
    Optional<SiteData.Course> courseOfActivity(long activityId) {
        return data.courses().stream()
                .filter(course -> course.sections().stream()
                        .flatMap(section -> section.activities().stream())
                        .anyMatch(activity -> activity.id() == activityId))
                .findFirst();
    }

    /** The user's courses, the one visited last first, without those hidden from this user. */
    List<CourseView> courses(DemoUser user) {
        return data.enrolments().stream()
                .filter(enrolment -> enrolment.user().equals(user.username()))
                .map(enrolment -> new CourseView(course(enrolment.course()).orElseThrow(), enrolment))
                .filter(CourseView::isAccessible)
                .toList();
    }

    Optional<CourseView> courseOf(DemoUser user, long courseId) {
        return courses(user).stream()
                .filter(view -> view.course().id() == courseId)
                .findFirst();
    }

    boolean isEnrolled(DemoUser user, long courseId) {
        return data.enrolments().stream()
                .anyMatch(enrolment -> enrolment.user().equals(user.username()) && enrolment.course() == courseId);
    }

    boolean teaches(DemoUser user, long courseId) {
        return data.enrolments().stream()
                .anyMatch(enrolment -> enrolment.user().equals(user.username())
                        && enrolment.course() == courseId
                        && enrolment.teacher());
    }

    Instant start(SiteData.Course course) {
        return started.plus(Duration.ofDays(course.startDays()));
    }

    @Nullable
    Instant end(SiteData.Course course) {
        Integer days = course.endDays();
        return days == null ? null : started.plus(Duration.ofDays(days));
    }
}
