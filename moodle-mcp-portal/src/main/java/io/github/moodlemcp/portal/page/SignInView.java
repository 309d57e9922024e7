package io.github.moodlemcp.portal.page;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.portal.oauth.ExtensionClient;
import io.github.moodlemcp.portal.web.ReturnPath;
import io.github.moodlemcp.portal.web.View;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sign-in page.
 *
 * @param choices a button for each provider; none when links are the only way in
 * @param isLocal whether the person sits at the machine that runs the service, and so sees the link it printed
 * @param problem what went wrong before; null for nothing
 * @param pendingLink a link's token that the person must confirm; null for none
 * @param returnPath where the person goes on after signing in; null for the dashboard
 */
public record SignInView(
        List<Choice> choices,
        boolean isLocal,
        @Nullable Problem problem,
        @Nullable String pendingLink,
        @Nullable String returnPath)
        implements View {
    public SignInView {
        choices = List.copyOf(choices);
    }

    /** A provider's button. */
    public record Choice(String name, String href) {
        public Choice {
            requireNonNull(name, "name");
            requireNonNull(href, "href");
        }
    }

    /** What went wrong, and what to do. */
    public record Problem(String headline, String explanation) {
        static final Problem SPENT_LINK = new Problem(
                "That link does not work any more.",
                "Each link signs in one person once, and only for a while. Get a new one, or sign in another way.");

        public Problem {
            requireNonNull(headline, "headline");
            requireNonNull(explanation, "explanation");
        }
    }

    SignInView confirming(String token) {
        return new SignInView(choices, isLocal, problem, token, returnPath);
    }

    SignInView after(Problem what) {
        return new SignInView(choices, isLocal, what, pendingLink, returnPath);
    }

    /** Whether the extension or another program waits for the person. */
    public boolean connecting() {
        return returnPath != null && returnPath.startsWith("/authorize");
    }

    /** Whether what waits is another program than the extension. */
    public boolean connectingApp() {
        return connecting() && !returnPath.contains("client_id=" + ExtensionClient.ID);
    }

    @Override
    public String template() {
        return "sign-in";
    }

    @Override
    public String title() {
        return "Sign in";
    }

    static @Nullable String text(Optional<ReturnPath> returnPath) {
        return returnPath.map(ReturnPath::value).orElse(null);
    }
}
