package io.github.moodlemcp.testkit.moodle;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the resource {@code demo-site.json} holds: names are plain text there, and escaped on their way out. */
record SiteData(String name, List<DemoUser> users, List<Course> courses, List<Enrolment> enrolments) {
    SiteData {
        users = List.copyOf(users);
        courses = List.copyOf(courses);
        enrolments = List.copyOf(enrolments);
    }

    /** A course; its dates count in days from the moment the server started, a missing end means none. */
    record Course(
            long id,
            String name,
            String shortName,
            String idNumber,
            String category,
            String summary,
            int startDays,
            @Nullable Integer endDays,
            @Nullable Boolean visible,
            List<Section> sections) {
        Course {
            sections = List.copyOf(sections);
        }

        boolean isVisible() {
            return !Boolean.FALSE.equals(visible);
        }

        boolean tracksCompletion() {
            return sections.stream()
                    .flatMap(section -> section.activities().stream())
                    .anyMatch(Activity::tracked);
        }
    }

    /**
     * A section of a course.
     *
     * @param title the name somebody gave it, null for Moodle's default name
     * @param restricted whether students see its heading but not what is in it
     * @param subsection the activity that shows this section, null for a section of the course page
     */
    record Section(
            long id,
            int number,
            @Nullable String title,
            @Nullable Boolean visible,
            boolean restricted,
            boolean current,
            @Nullable Long subsection,
            List<Activity> activities) {
        Section {
            activities = List.copyOf(activities);
        }

        boolean isVisible() {
            return !Boolean.FALSE.equals(visible);
        }

        String displayTitle() {
            if (title != null) {
                return title;
            }
            return number == 0 ? "General" : "New section";
        }
    }

    /**
     * An activity.
     *
     * @param module the kind, such as {@code quiz}
     * @param restricted whether students see its name but cannot open it
     * @param stealth whether students can open it although its section is hidden
     * @param tracked whether Moodle keeps its completion
     */
    record Activity(
            long id,
            String module,
            String name,
            @Nullable Boolean visible,
            boolean restricted,
            boolean stealth,
            boolean tracked) {
        boolean isVisible() {
            return !Boolean.FALSE.equals(visible);
        }

        boolean hasPage() {
            return !module.equals("label") && !module.equals("subsection");
        }
    }

    /**
     * A user's place in a course. A user's first enrolment in the list is the one visited last.
     *
     * @param completion completion state by activity id: 1 complete, 2 passed, 3 failed; absent is incomplete
     */
    record Enrolment(
            String user,
            long course,
            boolean teacher,
            boolean favourite,
            boolean removedFromOverview,
            @Nullable Map<Long, Integer> completion) {
        Enrolment {
            completion = new ConcurrentHashMap<>(completion == null ? Map.of() : completion);
        }

        int completionOf(Activity activity) {
            return Objects.requireNonNull(completion).getOrDefault(activity.id(), 0);
        }

        void complete(Activity activity, int state) {
            Objects.requireNonNull(completion).put(activity.id(), state);
        }
    }
}
