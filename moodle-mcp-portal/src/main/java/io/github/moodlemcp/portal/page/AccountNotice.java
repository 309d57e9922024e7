package io.github.moodlemcp.portal.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the account page says about the action that led to it. */
enum AccountNotice {
    LINKED("Linked. From now on you can sign in here that way too."),
    ALREADY_LINKED("That way of signing in leads to your account already."),
    UNLINKED("Unlinked. That way of signing in leads here no more."),
    SESSION_ENDED("That browser is signed out."),
    OTHERS_ENDED("All other browsers are signed out."),
    NOT_ERASED("Nothing was erased: what you wrote is not the e-mail address of this account."),
    LAST("This is the only way you can sign in with. Link another first.");

    private final String text;

    AccountNotice(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The path of the account page that says this. */
    String path() {
        return "/account?notice=" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<AccountNotice> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(notice -> notice.path().equals("/account?notice=" + name))
                .findFirst();
    }
}
