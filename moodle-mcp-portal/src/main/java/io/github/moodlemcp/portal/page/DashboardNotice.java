package io.github.moodlemcp.portal.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the dashboard says about the action that led to it. */
enum DashboardNotice {
    APP_DISCONNECTED("The app was disconnected. It gets no more answers, and has to ask you again."),
    BROWSER_FORGOTTEN("The browser was disconnected. To use it again, connect it in the extension's window."),
    DEFAULT_BROWSER("Assistants that name no browser use this one from now on."),
    NO_DEFAULT_BROWSER("There is no default any more: with several browsers connected, assistants have to name one."),
    KEY_LIMIT("You have as many keys as you can have. Revoke one that you no longer need, then make a new one."),
    KEY_REVOKED("The key was revoked. Programs that still use it get no more answers.");

    private final String text;

    DashboardNotice(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The path of the dashboard that says this. */
    String path() {
        return "/dashboard?notice=" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DashboardNotice> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(notice -> notice.path().equals("/dashboard?notice=" + name))
                .findFirst();
    }
}
