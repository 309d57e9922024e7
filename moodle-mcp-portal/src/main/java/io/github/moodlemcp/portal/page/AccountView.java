package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account page.
 *
 * @param identities the ways in that the person has
 * @param choices the providers that can be linked
 * @param sessions where the person is signed in
 * @param canBeErased whether the person can have all data, and have it erased
 * @param notice what came of the last action; null when there was none
 */
public record AccountView(
        List<IdentityRow> identities,
        List<Choice> choices,
        List<SessionRow> sessions,
        boolean canBeErased,
        Moment created,
        @Nullable String notice)
        implements View {
    public AccountView {
        identities = List.copyOf(identities);
        choices = List.copyOf(choices);
        sessions = List.copyOf(sessions);
    }

    /**
     * A way to sign in.
     *
     * @param id for the form that unlinks it; null when it cannot be unlinked
     * @param via the provider's name
     */
    public record IdentityRow(@Nullable String id, String via, String email, Moment linked) {}

    /**
     * A browser that is signed in.
     *
     * @param id for the form that ends it
     * @param current whether it is the one that shows this page
     */
    public record SessionRow(String id, String label, boolean current, Moment since, Moment lastSeen) {}

    /** A provider that can be linked. */
    public record Choice(String key, String name) {}

    @Override
    public String template() {
        return "account";
    }

    @Override
    public String title() {
        return "Account";
    }
}
