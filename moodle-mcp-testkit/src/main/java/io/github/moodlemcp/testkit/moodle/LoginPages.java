package io.github.moodlemcp.testkit.moodle;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Logging in and out. */
final class LoginPages {
    private static final String WRONG = "Invalid login, please try again";

    private final DemoSite site;
    private final SessionStore sessions;
    private final PageFrame frame;
    private final String cookiePath;

    LoginPages(DemoSite site, SessionStore sessions, PageFrame frame) {
        this.site = site;
        this.sessions = sessions;
        this.frame = frame;
        this.cookiePath = site.wwwroot().getPath() + "/";
    }

    WebAnswer login(WebRequest request, MoodleSession session) {
        if (request.isPost()) {
            return submitted(request.form(), session);
        }
        DemoUser user = session.user();
        if (user == null) {
            return frame.answer(session, page(form(session)));
        }
        if (!request.parameter("testsession").isEmpty()) {
            return WebAnswer.seeOther(site.link(Objects.requireNonNullElse(session.wanted(), "/my/")));
        }
        return frame.answer(session, page(alreadyLoggedIn(session, user)));
    }

    WebAnswer logout(WebRequest request, MoodleSession session) {
        if (session.user() == null) {
            return WebAnswer.seeOther(site.link("/"));
        }
        String sesskey = request.isPost() ? request.form().getOrDefault("sesskey", "") : request.parameter("sesskey");
        if (!sesskey.equals(session.sesskey())) {
            return frame.answer(
                    session, page("<p>Do you really want to log out?</p><p>" + logoutButton(session) + "</p>"));
        }
        sessions.logOut(session);
        return withCookie(WebAnswer.seeOther(site.link("/")), sessions.open(null));
    }

    /** Sends the browser to the login page, which sends it back to {@code path} afterwards. */
    WebAnswer required(MoodleSession session, String path) {
        sessions.change(session, current -> current.withWanted(path));
        return WebAnswer.seeOther(site.link("/login/index.php"));
    }

    WebAnswer withCookie(WebAnswer answer, MoodleSession session) {
        return answer.with(
                "Set-Cookie",
                SessionStore.COOKIE + "=" + session.id() + "; Path=" + cookiePath + "; HttpOnly; SameSite=Lax");
    }

    private WebAnswer submitted(Map<String, String> form, MoodleSession session) {
        String username = form.getOrDefault("username", "").strip().toLowerCase(Locale.ROOT);
        Optional<DemoUser> user = form.getOrDefault("logintoken", "").equals(session.loginToken())
                ? site.user(username, form.getOrDefault("password", ""))
                : Optional.empty();
        if (user.isEmpty()) {
            sessions.change(session, current -> current.withNotice(WRONG));
            return WebAnswer.seeOther(site.link("/login/index.php"));
        }
        MoodleSession loggedIn = sessions.logIn(session, user.get());
        String next = site.link("/login/index.php?testsession=" + user.get().id());
        return withCookie(WebAnswer.seeOther(next), loggedIn);
    }

    private static MoodlePage page(String main) {
        return new MoodlePage("Log in to the site", "page-login-index", "path-login", MoodlePage.Place.system(), main);
    }

    private String form(MoodleSession session) {
        String logins = site.users().stream()
                .map(user -> "<tr><td>%s</td><td><code>%s</code></td><td><code>%s</code></td></tr>"
                        .formatted(Html.text(user.name()), Html.text(user.username()), Html.text(user.password())))
                .collect(Collectors.joining());
        return """
                <div class="loginform"><form class="login-form" action="%s" method="post" id="login">
                <input type="hidden" name="logintoken" value="%s">
                <label for="username">Username</label>
                <input type="text" name="username" id="username" autocomplete="username" autofocus>
                <label for="password">Password</label>
                <input type="password" name="password" id="password" autocomplete="current-password">
                <button class="btn" type="submit" id="loginbtn">Log in</button>
                </form></div>
                <div class="card"><h2>Demo logins</h2><table><thead><tr><th>Person</th><th>Username</th>\
                <th>Password</th></tr></thead><tbody>%s</tbody></table>
                <p>Anna is a student; Ben teaches most of his courses.</p></div>
                """.formatted(Html.text(site.link("/login/index.php")), Html.text(session.loginToken()), logins);
    }

    private String alreadyLoggedIn(MoodleSession session, DemoUser user) {
        return """
                <div id="notice" class="card"><p>You are already logged in as %s. Log out before you log in as \
                somebody else.</p>%s <a class="btn btn-secondary" href="%s">Cancel</a></div>
                """.formatted(Html.text(user.name()), logoutButton(session), Html.text(site.link("/")));
    }

    private String logoutButton(MoodleSession session) {
        return """
                <form method="post" action="%s" class="inline"><input type="hidden" name="sesskey" value="%s">\
                <button class="btn" type="submit">Log out</button></form>""".formatted(Html.text(site.link("/login/logout.php")), Html.text(session.sesskey()));
    }
}
