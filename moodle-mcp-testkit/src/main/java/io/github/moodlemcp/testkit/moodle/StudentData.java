package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What the resource {@code demo-student.json} holds: what students find in the activities of the courses. Times count
 * from the moment the server started. What a student writes changes the lists, which are safe for use by many threads.
 */
record StudentData(
        List<Event> events,
        List<Assignment> assignments,
        List<Grade> grades,
        List<Discussion> discussions,
        List<Notification> notifications,
        List<Conversation> conversations) {
    private static final String RESOURCE = "demo-student.json";

    StudentData {
        events = new CopyOnWriteArrayList<>(events);
        assignments = new CopyOnWriteArrayList<>(assignments);
        grades = List.copyOf(grades);
        discussions = new CopyOnWriteArrayList<>(discussions);
        notifications = new CopyOnWriteArrayList<>(notifications);
        conversations = new CopyOnWriteArrayList<>(conversations);
    }

    static StudentData load() {
        try (InputStream resource = StudentData.class.getResourceAsStream(RESOURCE)) {
            return new JsonMapper().readValue(resource, StudentData.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read.", unreadable);
        }
    }

    /**
     * A calendar event.
     *
     * @param course null for one of the person's own
     * @param activity the activity that opens, closes or is due, null for other events
     * @param toDo what the person is expected to do, null when it is done or nothing is
     * @param seconds when it starts, in seconds since 1970, of an event that was added; null when {@code hours} says so
     */
    record Event(
            long id,
            @Nullable Long course,
            @Nullable Long activity,
            @Nullable String name,
            String kind,
            int hours,
            int minutes,
            @Nullable String location,
            @Nullable String description,
            @Nullable String toDo,
            boolean possible,
            @Nullable Long seconds) {}

    /**
     * An assignment and what the student handed in.
     *
     * @param intro HTML
     * @param state Moodle's word for the submission, empty when there is none
     * @param text HTML of the submission, null for none
     * @param file the names of its files, each on a line, null for none
     * @param grade null when it is not graded
     * @param feedback HTML, null for none
     */
    record Assignment(
            long id,
            int dueHours,
            String intro,
            String state,
            @Nullable String text,
            @Nullable String file,
            @Nullable String grade,
            @Nullable String feedback) {
        /** The names of the files. */
        List<String> files() {
            return file == null || file.isEmpty() ? List.of() : List.of(file.split("\n"));
        }

        Assignment saved(String html, List<String> names) {
            return new Assignment(id, dueHours, intro, "draft", html, String.join("\n", names), grade, feedback);
        }

        Assignment submitted() {
            return new Assignment(id, dueHours, intro, "submitted", text, file, grade, feedback);
        }
    }

    /**
     * A row of the grade report.
     *
     * @param kind {@code category}, {@code item} or {@code total}
     * @param feedback HTML, null for none
     */
    record Grade(
            long course,
            String kind,
            String name,
            @Nullable Long activity,
            @Nullable String module,
            @Nullable String grade,
            @Nullable String range,
            @Nullable String percentage,
            @Nullable String feedback) {}

    /** A discussion of a forum, its first post first. */
    record Discussion(long id, long forum, String subject, List<Post> posts) {
        Discussion {
            posts = new CopyOnWriteArrayList<>(posts);
        }
    }

    /**
     * A post.
     *
     * @param parent the post it replies to, null for the first
     * @param author a user's id
     * @param message HTML
     */
    record Post(long id, @Nullable Long parent, long author, int hours, String message) {}

    /**
     * A notification, for every user.
     *
     * @param text HTML
     */
    record Notification(
            long id, int hours, boolean read, String subject, String text, String component, String kind, String path) {
        Notification seen() {
            return new Notification(id, hours, true, subject, text, component, kind, path);
        }
    }

    /** The conversation of Anna with another user, the newest message first. */
    record Conversation(long id, long with, int unread, List<Message> messages) {
        Conversation {
            messages = new CopyOnWriteArrayList<>(messages);
        }

        Conversation read() {
            return new Conversation(id, with, 0, messages);
        }
    }

    /**
     * A message.
     *
     * @param from a user's id
     * @param text HTML
     */
    record Message(long id, long from, int hours, String text) {}
}
