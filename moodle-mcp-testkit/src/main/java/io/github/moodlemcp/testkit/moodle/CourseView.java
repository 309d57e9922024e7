package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import io.github.moodlemcp.testkit.moodle.SiteData.Course;
import io.github.moodlemcp.testkit.moodle.SiteData.Enrolment;
import io.github.moodlemcp.testkit.moodle.SiteData.Section;
import java.util.List;
import java.util.OptionalInt;

/** A course as one enrolled user sees it. Teachers see all of it. */
record CourseView(Course course, Enrolment enrolment) {
    boolean isAccessible() {
        return course.isVisible() || enrolment.teacher();
    }

    /** The sections that are listed, restricted ones among them. */
    List<Section> sections() {
        return course.sections().stream()
                .filter(section -> enrolment.teacher() || section.isVisible())
                .toList();
    }

    /** What a listed section shows. */
    List<Activity> activities(Section section) {
        if (section.restricted() && !enrolment.teacher()) {
            return List.of();
        }
        return section.activities().stream()
                .filter(activity -> isShown(section, activity))
                .toList();
    }

    /** What the course state names of any section: a stealth activity even where its section is not listed. */
    List<Activity> activitiesInState(Section section) {
        if (section.isVisible() || enrolment.teacher()) {
            return activities(section);
        }
        return section.activities().stream()
                .filter(activity -> activity.stealth() && activity.isVisible())
                .toList();
    }

    private boolean isShown(Section section, Activity activity) {
        return enrolment.teacher() || section.isVisible() && activity.isVisible();
    }

    boolean canOpen(Section section, Activity activity) {
        return enrolment.teacher() || activitiesInState(section).contains(activity) && !activity.restricted();
    }

    /** Moodle's {@code visible} of an activity: hidden with its section unless it is a stealth one. */
    boolean isMarkedVisible(Section section, Activity activity) {
        return activity.isVisible() && (section.isVisible() || activity.stealth());
    }

    /** Whether Moodle keeps completion for this user; it does for students. */
    boolean isTracked() {
        return !enrolment.teacher();
    }

    /** The completion state of the activity, empty when it is not kept. */
    OptionalInt completion(Activity activity) {
        return isTracked() && activity.tracked()
                ? OptionalInt.of(enrolment.completionOf(activity))
                : OptionalInt.empty();
    }

    /** Percent of the tracked activities that are complete or passed, empty when completion is not kept. */
    OptionalInt progress() {
        if (!isTracked() || !course.tracksCompletion()) {
            return OptionalInt.empty();
        }
        List<Activity> tracked = course.sections().stream()
                .flatMap(section -> section.activities().stream())
                .filter(Activity::tracked)
                .toList();
        long done = tracked.stream()
                .mapToInt(enrolment::completionOf)
                .filter(state -> state == 1 || state == 2)
                .count();
        return OptionalInt.of((int) (100 * done / tracked.size()));
    }
}
