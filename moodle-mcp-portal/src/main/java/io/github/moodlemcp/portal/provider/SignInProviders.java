package io.github.moodlemcp.portal.provider;

import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.web.PublicAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The providers at which people may sign in, in the operator's order; may be none. Safe for use by many threads. */
public final class SignInProviders {
    private final Map<String, OpenIdProvider> providers = new LinkedHashMap<>();

    /**
     * Contacts nobody yet.
     *
     * @param address of this service, to which providers send people back
     * @param limit how long a provider may take for an answer
     * @throws IllegalArgumentException when two have the same key or issuer, or one is not encrypted
     */
    public SignInProviders(
            List<IdentityProvider> settings, EmailDomains allowed, PublicAddress address, Duration limit, Clock clock) {
        Transport transport = address.isLoopback() ? Transport.HTTPS_OR_LOOPBACK : Transport.HTTPS;
        ProviderHttp http = new ProviderHttp(limit);
        for (IdentityProvider provider : settings) {
            if (!transport.allows(provider.issuer())) {
                throw new IllegalArgumentException("The issuer of " + provider.key() + " is not encrypted");
            }
            boolean isSecond = settings.stream()
                            .filter(other -> other.issuer().equals(provider.issuer()))
                            .count()
                    > 1;
            OpenIdProvider working = new OpenIdProvider(
                    provider, address.at("/sign-in/" + provider.key() + "/callback"), allowed, transport, http, clock);
            if (isSecond || providers.putIfAbsent(provider.key(), working) != null) {
                throw new IllegalArgumentException("Two providers have the key or the issuer of " + provider.key());
            }
        }
    }

    public boolean isEmpty() {
        return providers.isEmpty();
    }

    public List<OpenIdProvider> all() {
        return List.copyOf(providers.values());
    }

    public Optional<OpenIdProvider> find(@Nullable String key) {
        return Optional.ofNullable(key).map(providers::get);
    }

    /** Whose identity that is. */
    public Optional<OpenIdProvider> of(Identity identity) {
        return providers.values().stream()
                .filter(provider -> provider.vouchesFor(identity))
                .findFirst();
    }
}
