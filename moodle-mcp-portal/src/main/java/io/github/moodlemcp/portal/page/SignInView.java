package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.ReturnPath;
import io.github.moodlemcp.portal.web.View;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sign-in page.
 *
 * @param spent whether a link was brought that does not count any more
 * @param pendingLink a link's token that the person must confirm; null for none
 * @param returnPath where the person goes on after signing in; null for the dashboard
 */
public record SignInView(
        boolean spent,
        @Nullable String pendingLink,
        @Nullable String returnPath) implements View {
    static SignInView ask(Optional<ReturnPath> returnPath) {
        return new SignInView(false, null, text(returnPath));
    }

    static SignInView spent(Optional<ReturnPath> returnPath) {
        return new SignInView(true, null, text(returnPath));
    }

    static SignInView confirm(String token, Optional<ReturnPath> returnPath) {
        return new SignInView(false, token, text(returnPath));
    }

    /** Whether the extension waits for the person. */
    public boolean connecting() {
        return returnPath != null && returnPath.startsWith("/authorize");
    }

    @Override
    public String template() {
        return "sign-in";
    }

    @Override
    public String title() {
        return "Sign in";
    }

    private static @Nullable String text(Optional<ReturnPath> returnPath) {
        return returnPath.map(ReturnPath::value).orElse(null);
    }
}
