package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The frame of every page: the script with {@code M.cfg}, header, notifications and footer. */
final class PageFrame {
    private static final String TEMPLATE = resource("page.html");
    private static final String STYLE = resource("page.css");

    private final DemoSite site;
    private final SessionStore sessions;

    PageFrame(DemoSite site, SessionStore sessions) {
        this.site = site;
        this.sessions = sessions;
    }

    WebAnswer answer(MoodleSession session, MoodlePage page) {
        return answer(200, session, page);
    }

    /** The page with the session's notice, which is shown only this once. */
    WebAnswer answer(int status, MoodleSession session, MoodlePage page) {
        String notice = session.notice();
        if (notice != null) {
            sessions.change(session, current -> current.withNotice(null));
        }
        String html = TEMPLATE.replace("{{title}}", Html.text(page.title() + " | " + site.name()))
                .replace("{{style}}", STYLE)
                .replace("{{config}}", PhpJson.write(config(session, page.place())))
                .replace("{{bodyid}}", page.bodyId())
                .replace("{{bodyclass}}", bodyClass(session, page))
                .replace("{{home}}", Html.text(site.link("/")))
                .replace("{{site}}", Html.text(site.name()))
                .replace("{{login}}", login(session))
                .replace("{{heading}}", Html.text(page.title()))
                .replace("{{notifications}}", notice == null ? "" : alert(notice))
                .replace("{{main}}", page.main());
        return WebAnswer.html(status, html);
    }

    /** An error page as Moodle shows it, with the error code at the end of a link. */
    WebAnswer error(MoodleSession session, String errorCode, String text) {
        String main = """
                <div data-rel="fatalerror" class="box errorbox alert alert-danger">
                <p class="errormessage">%s</p>
                <p class="errorcode"><a href="https://docs.moodle.org/500/en/error/moodle/%s">More information about \
                this error</a></p></div>
                <p><a class="btn" href="%s">Continue</a></p>
                """.formatted(Html.text(text), errorCode, Html.text(site.link("/")));
        return answer(
                404, session, new MoodlePage("Error", "page-error", "path-error", MoodlePage.Place.system(), main));
    }

    private static String alert(String notice) {
        return "<div class=\"alert alert-danger\" role=\"alert\">" + Html.text(notice) + "</div>";
    }

    private static String bodyClass(MoodleSession session, MoodlePage page) {
        return page.bodyClass() + " dir-ltr lang-en course-" + page.place().courseId() + " context-"
                + page.place().context() + (session.user() == null ? " notloggedin" : "");
    }

    private String login(MoodleSession session) {
        DemoUser user = session.user();
        if (user == null) {
            return "You are not logged in. (<a href=\"" + Html.text(site.link("/login/index.php")) + "\">Log in</a>)";
        }
        return "You are logged in as <strong>%s</strong> (<a href=\"%s\">Log out</a>)"
                .formatted(
                        Html.text(user.name()), Html.text(site.link("/login/logout.php?sesskey=" + session.sesskey())));
    }

    private ObjectNode config(MoodleSession session, MoodlePage.Place place) {
        DemoUser user = session.user();
        long revision = site.started().getEpochSecond();
        ObjectNode config =
                PhpJson.object().put("wwwroot", site.wwwroot().toString()).put("apibase", site.link("/r.php/api"));
        config.putObject("homeurl");
        return config.put("sesskey", session.sesskey())
                .put("sessiontimeout", Long.toString(sessions.timeout().toSeconds()))
                .put("sessiontimeoutwarning", "1200")
                .put("themerev", Long.toString(revision))
                .put("slasharguments", 1)
                .put("theme", "boost")
                .put("iconsystemmodule", "core/icon_system_fontawesome")
                .put("jsrev", Long.toString(revision))
                .put("admin", "admin")
                .put("svgicons", true)
                .put("usertimezone", "Europe/Berlin")
                .put("language", "en")
                .put("courseId", place.courseId())
                .put("courseContextId", place.courseContext())
                .put("contextid", place.context())
                .put("contextInstanceId", place.instance())
                .put("langrev", revision)
                .put("templaterev", Long.toString(revision))
                .put("siteId", 1)
                .put("userId", user == null ? 0 : user.id());
    }

    private static String resource(String name) {
        try (InputStream resource = PageFrame.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The resource " + name + " is missing.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource " + name + " cannot be read.", unreadable);
        }
    }
}
