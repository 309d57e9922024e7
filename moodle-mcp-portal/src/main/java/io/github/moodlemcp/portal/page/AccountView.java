package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account page.
 *
 * @param identities the ways in that the person has
 * @param choices the providers that can be linked
 * @param notice what came of the last action; null when there was none
 */
public record AccountView(
        List<IdentityRow> identities,
        List<Choice> choices,
        Moment created,
        @Nullable String notice) implements View {
    public AccountView {
        identities = List.copyOf(identities);
        choices = List.copyOf(choices);
    }

    /**
     * A way to sign in.
     *
     * @param id for the form that unlinks it; null when it cannot be unlinked
     * @param via the provider's name
     */
    public record IdentityRow(@Nullable String id, String via, String email, Moment linked) {}

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
