package io.github.moodlemcp.distribution.config;

import io.github.moodlemcp.portal.provider.IdentityProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Puts the settings of all identity providers together. For one thread. */
final class SignInSettings {
    private final SettingSources sources;
    private final List<ConfigProblem> problems;

    /** @param problems what is wrong is added here */
    SignInSettings(SettingSources sources, List<ConfigProblem> problems) {
        this.sources = sources;
        this.problems = problems;
    }

    /**
     * Google first, then the others.
     *
     * @param isLimited whether only some domains' people are let in
     * @param isForOthers whether other machines reach the service
     */
    List<IdentityProvider> providers(boolean isLimited, boolean isForOthers) {
        List<IdentityProvider> providers = new ArrayList<>();
        google().ifPresent(providers::add);
        providers.addAll(sources.oidc().providers());
        problems.addAll(sources.oidc().problems());
        refuseTwins(providers);
        if (isForOthers) {
            refuseUnencrypted(providers);
        }
        if (isLimited && providers.isEmpty() && problems.isEmpty()) {
            problems.add(new ConfigProblem(
                    Setting.ALLOWED_EMAIL_DOMAINS.name(),
                    "It has no effect without an identity provider. Set GOOGLE_CLIENT_ID or OIDC_<NAME>_ISSUER too, or"
                            + " remove it."));
        }
        return providers;
    }

    private Optional<IdentityProvider> google() {
        Optional<SettingValue> id = sources.value(Setting.GOOGLE_CLIENT_ID);
        Optional<SettingValue> secret = sources.value(Setting.GOOGLE_CLIENT_SECRET);
        if (id.isPresent() && secret.isPresent()) {
            return Optional.of(
                    IdentityProvider.google(id.get().value(), secret.get().value()));
        }
        if (id.isPresent() || secret.isPresent()) {
            Setting missing = id.isPresent() ? Setting.GOOGLE_CLIENT_SECRET : Setting.GOOGLE_CLIENT_ID;
            problems.add(new ConfigProblem(
                    missing.name(), "It must be set, because the other of the two is. Give " + missing.form() + "."));
        }
        return Optional.empty();
    }

    private void refuseUnencrypted(List<IdentityProvider> providers) {
        for (IdentityProvider provider : providers) {
            if (!provider.issuer().getScheme().equals("https")) {
                problems.add(new ConfigProblem(
                        issuerSetting(provider),
                        "A service that other machines reach needs an encrypted issuer. Give "
                                + OidcSettings.Part.ISSUER.form() + "."));
            }
        }
    }

    /** Two providers with one issuer or one name could not be told apart. */
    private void refuseTwins(List<IdentityProvider> providers) {
        Set<Object> seen = new HashSet<>();
        for (IdentityProvider provider : providers) {
            if (!seen.add(provider.key()) | !seen.add(provider.issuer())) {
                problems.add(new ConfigProblem(
                        issuerSetting(provider),
                        "Another provider has the same issuer or name. Remove one of the two."));
            }
        }
    }

    private static String issuerSetting(IdentityProvider provider) {
        return "OIDC_" + provider.key().toUpperCase(Locale.ROOT).replace('-', '_') + "_ISSUER";
    }
}
