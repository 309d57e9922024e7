package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.page.SignInView.Choice;
import io.github.moodlemcp.portal.provider.OpenIdProvider;
import io.github.moodlemcp.portal.provider.SignInProviders;
import io.github.moodlemcp.portal.web.PublicAddress;
import io.github.moodlemcp.portal.web.ReturnPath;
import java.util.List;
import java.util.Optional;

/** Says how one can sign in to this service. Safe for use by many threads. */
public final class SignInViews {
    private final SignInProviders providers;
    private final boolean isLocal;

    public SignInViews(SignInProviders providers, PublicAddress address) {
        this.providers = providers;
        this.isLocal = address.isLoopback();
    }

    SignInView leadingTo(Optional<ReturnPath> returnPath) {
        String query = returnPath.map(path -> "?return=" + path.encoded()).orElse("");
        List<Choice> choices = providers.all().stream()
                .map(provider -> new Choice(provider.name(), pathOf(provider) + query))
                .toList();
        return new SignInView(choices, isLocal, null, null, SignInView.text(returnPath));
    }

    private static String pathOf(OpenIdProvider provider) {
        return "/sign-in/" + provider.key();
    }
}
