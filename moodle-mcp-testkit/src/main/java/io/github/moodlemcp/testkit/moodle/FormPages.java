package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.SiteData.Activity;
import io.github.moodlemcp.testkit.moodle.StudentData.Assignment;
import io.github.moodlemcp.testkit.moodle.StudentData.Discussion;
import io.github.moodlemcp.testkit.moodle.StudentData.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The forms that students fill in: a submission and its end, a discussion, a choice. As in Moodle a form is refused with
 * a stale key, and with a field that a rule of {@code disabledIf} locks.
 */
final class FormPages {
    private static final String ASSIGN = "/mod/assign/view.php";
    private static final String POST = "/mod/forum/post.php";
    private static final int MAX_BYTES = 200_000;

    private final DemoSite site;
    private final StudentData data;
    private final ActivityData activities;
    private final PageFrame frame;
    private final CoursePages courses;
    private final AtomicLong lastDraft = new AtomicLong(719_999_000);
    private final Map<String, List<String>> drafts = new ConcurrentHashMap<>();

    FormPages(DemoSite site, StudentData data, ActivityData activities, PageFrame frame, CoursePages courses) {
        this.site = site;
        this.data = data;
        this.activities = activities;
        this.frame = frame;
        this.courses = courses;
    }

    /** The number that a forum's form is asked for with, which is not its activity's. */
    static long instanceOf(long forum) {
        return forum + 10_000;
    }

    /** The answer to a request of a form; empty for any other. */
    Optional<WebAnswer> answer(WebRequest request, MoodleSession session) {
        if (request.isPost()) {
            return sent(request, session);
        }
        long id = request.number("id");
        return switch (request.path() + "?" + request.parameter("action")) {
            case ASSIGN + "?editsubmission" ->
                Optional.of(page("assign", id, "editsubmission", session, one -> submission(assignment(id), session)));
            case ASSIGN + "?submit" -> Optional.of(page("assign", id, "submit", session, one -> end(id, session)));
            case POST + "?" -> {
                long forum = request.number("forum") - instanceOf(0);
                yield Optional.of(page("forum", forum, "post", session, one -> discussion(forum, session)));
            }
            default -> Optional.empty();
        };
    }

    private interface Main {
        String of(Activity activity);
    }

    private WebAnswer page(String module, long id, String page, MoodleSession session, Main main) {
        return courses.opened(
                module,
                id,
                session,
                (course, activity) ->
                        frame.answer(session, CoursePages.page(course, activity, page, main.of(activity))));
    }

    private Optional<WebAnswer> sent(WebRequest request, MoodleSession session) {
        if (request.path().equals("/repository/repository_ajax.php")) {
            return Optional.of(upload(Multipart.of(request.body()), session));
        }
        Map<String, String> form = request.form();
        long id = number(form, "id");
        return switch (request.path() + "?" + form.getOrDefault("action", "")) {
            case ASSIGN + "?savesubmission" -> Optional.of(checked(form, session, "assign", id, () -> save(id, form)));
            case ASSIGN + "?confirmsubmit" -> Optional.of(checked(form, session, "assign", id, () -> submit(id, form)));
            case "/mod/choice/view.php?makechoice" ->
                Optional.of(checked(form, session, "choice", id, () -> choose(id, (int) number(form, "answer"))));
            case POST + "?" -> {
                long forum = number(form, "forum") - instanceOf(0);
                yield Optional.of(checked(form, session, "forum", forum, () -> discuss(forum, form, session)));
            }
            default -> Optional.empty();
        };
    }

    private interface Deed {
        /** Where the browser is sent then; empty when the form is shown again. */
        Optional<String> done();
    }

    private WebAnswer checked(Map<String, String> form, MoodleSession session, String module, long id, Deed deed) {
        if (!session.sesskey().equals(form.get("sesskey"))) {
            return frame.error(session, "invalidsesskey", "Your session has timed out.");
        }
        return courses.opened(
                module,
                id,
                session,
                (course, activity) -> deed.done()
                        .map(path -> WebAnswer.seeOther(site.link(path)))
                        .orElseGet(() -> frame.answer(
                                session,
                                CoursePages.page(
                                        course,
                                        activity,
                                        "again",
                                        "<form><div class=\"invalid-feedback\">Wrong value</div></form>"))));
    }

    private Assignment assignment(long id) {
        return data.assignments().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private String submission(Assignment assignment, MoodleSession session) {
        String draft = Long.toString(lastDraft.incrementAndGet());
        drafts.put(draft, List.copyOf(assignment.files()));
        String names = assignment.files().stream()
                .map(name -> "{\"filename\":" + PhpJson.tree(name) + "}")
                .collect(Collectors.joining(","));
        return """
                <form action="%1$s" method="post" id="mform1_demo" class="mform">\
                <input name="id" type="hidden" value="%2$d"><input name="action" type="hidden" value="savesubmission">\
                <input name="sesskey" type="hidden" value="%3$s">\
                <fieldset name="submission header"><textarea name="onlinetext_editor[text]">%4$s</textarea>\
                <input name="onlinetext_editor[format]" type="hidden" value="1">\
                <input type="checkbox" name="later" value="1"><input type="text" name="laterdate" value="tomorrow">\
                <input value="%5$s" name="files_filemanager" type="hidden" id="id_files_filemanager"></fieldset>\
                <input type="submit" name="submitbutton" value="Save changes"></form>
                <script>M.form_filemanager.init(Y, {"itemid":%5$s,"list":[%6$s],"maxbytes":"%7$d","maxfiles":"3",\
                "client_id":"c1","target":"id_files_filemanager","accepted_types":[],"context":{"id":%8$d},\
                "author":"{A}","filepicker":{"repositories":{"4":{"id":"4","type":"recent"},\
                "5":{"id":"5","type":"upload"}}}});
                M.form.initFormDependencies(Y, "mform1_demo", {"later":{"notchecked":{"1":[["laterdate"]]}}});</script>
                """.formatted(
                        Html.text(site.link(ASSIGN)),
                        assignment.id(),
                        session.sesskey(),
                        Html.text(Objects.requireNonNullElse(assignment.text(), "")),
                        draft,
                        names,
                        MAX_BYTES,
                        1_000 + assignment.id());
    }

    private WebAnswer upload(Multipart form, MoodleSession session) {
        String draft = form.text("itemid");
        if (!session.sesskey().equals(form.text("sesskey")) || !drafts.containsKey(draft)) {
            return WebAnswer.json(200, PhpJson.object().put("error", "Invalid sesskey"));
        }
        if (form.fileBytes() == 0 || form.fileBytes() > MAX_BYTES) {
            return WebAnswer.json(
                    200,
                    PhpJson.object()
                            .put("error", "Not taken")
                            .put("errorcode", form.fileBytes() == 0 ? "upload_error_invalid_file" : "maxbytesfile"));
        }
        drafts.compute(draft, (id, names) -> {
            List<String> all = new ArrayList<>(Objects.requireNonNull(names));
            all.remove(form.fileName());
            all.add(form.fileName());
            return List.copyOf(all);
        });
        return WebAnswer.json(
                200, PhpJson.object().put("id", Long.parseLong(draft)).put("file", form.fileName()));
    }

    private Optional<String> save(long id, Map<String, String> form) {
        List<String> files = drafts.get(form.getOrDefault("files_filemanager", ""));
        if (form.containsKey("laterdate") || files == null || !form.containsKey("submitbutton")) {
            return Optional.empty();
        }
        String text = form.getOrDefault("onlinetext_editor[text]", "");
        data.assignments().replaceAll(one -> one.id() == id ? one.saved(text, files) : one);
        return Optional.of(ASSIGN + "?id=" + id + "&action=view");
    }

    private String end(long id, MoodleSession session) {
        return """
                <form action="%s" method="post" class="mform"><input name="id" type="hidden" value="%d">\
                <input name="action" type="hidden" value="confirmsubmit">\
                <input name="sesskey" type="hidden" value="%s">\
                <input type="checkbox" name="submissionstatement" value="1" id="id_submissionstatement">\
                <label for="id_submissionstatement">This is my own work.</label>\
                <input type="submit" name="submitbutton" value="Continue"></form>
                """.formatted(Html.text(site.link(ASSIGN)), id, session.sesskey());
    }

    private Optional<String> submit(long id, Map<String, String> form) {
        if (!"1".equals(form.get("submissionstatement"))
                || !assignment(id).state().equals("draft")) {
            return Optional.empty();
        }
        data.assignments().replaceAll(one -> one.id() == id ? one.submitted() : one);
        return Optional.of(ASSIGN + "?id=" + id);
    }

    private Optional<String> choose(long id, int option) {
        boolean known = activities.choices().stream()
                .anyMatch(one ->
                        one.id() == id && option >= 1 && option <= one.options().size());
        if (!known) {
            return Optional.empty();
        }
        activities.choices().replaceAll(one -> one.id() == id ? one.answered(option - 1) : one);
        return Optional.of("/mod/choice/view.php?id=" + id + "&notify=choicesaved");
    }

    private String discussion(long forum, MoodleSession session) {
        return """
                <form id="mformforum" action="post.php" method="post" class="mform">\
                <input name="forum" type="hidden" value="%d"><input name="edit" type="hidden" value="0">\
                <input name="reply" type="hidden" value="0"><input name="sesskey" type="hidden" value="%s">\
                <input type="text" name="subject" value=""><textarea name="message[text]"></textarea>\
                <input name="message[format]" type="hidden" value="1">\
                <input type="submit" name="submitbutton" value="Post to forum">\
                <input type="submit" name="cancel" value="Cancel"></form>
                """.formatted(instanceOf(forum), session.sesskey());
    }

    private synchronized Optional<String> discuss(long forum, Map<String, String> form, MoodleSession session) {
        String subject = form.getOrDefault("subject", "");
        String message = form.getOrDefault("message[text]", "");
        if (subject.isBlank() || message.isBlank() || form.containsKey("cancel") || session.user() == null) {
            return Optional.empty();
        }
        long id =
                1 + data.discussions().stream().mapToLong(Discussion::id).max().orElse(0);
        long post = 1
                + data.discussions().stream()
                        .flatMap(one -> one.posts().stream())
                        .mapToLong(Post::id)
                        .max()
                        .orElse(0);
        Post first = new Post(post, null, session.user().id(), 0, message);
        data.discussions().addFirst(new Discussion(id, forum, subject, List.of(first)));
        return Optional.of("/mod/forum/view.php?id=" + forum);
    }

    private static long number(Map<String, String> form, String name) {
        String value = form.getOrDefault(name, "");
        return value.matches("\\d{1,15}") ? Long.parseLong(value) : 0;
    }
}
