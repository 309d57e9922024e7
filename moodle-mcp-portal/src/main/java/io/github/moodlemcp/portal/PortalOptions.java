package io.github.moodlemcp.portal;

import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.outbound.DocumentFetch;
import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import io.github.moodlemcp.portal.spi.CallerAddresses;
import io.github.moodlemcp.portal.web.FailureCount;
import io.github.moodlemcp.portal.web.PublicAddress;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The portal's settings. Immutable; made by {@link #builder}.
 *
 * @param address where the world reaches the service
 * @param webSocketUrl where the extension connects, and what its tokens are for
 * @param keys the keys derived from the service's secret
 * @param chromiumIds the extension's ids in Chromium-family browsers
 * @param geckoId the extension's id in Firefox
 * @param keyLimit how many live API keys an account may have
 * @param webSessionLifetime how long a person stays signed in
 * @param linkLifetime how long a one-time sign-in link counts
 * @param providers where people may sign in; none leaves the one-time links
 * @param allowedEmails whom the providers may let in
 * @param providerLimit how long a provider may take for one answer
 * @param callers where requests come from, for the limits on what strangers may do
 * @param failures counts what strangers got wrong
 * @param documents fetches what OAuth clients publish about themselves
 * @param otherErrors answers for exceptions that are not the portal's
 * @param foreignPaths the first segments of paths that never get the portal's error pages
 */
public record PortalOptions(
        PublicAddress address,
        URI webSocketUrl,
        PurposeKeys keys,
        Set<String> chromiumIds,
        String geckoId,
        int keyLimit,
        Duration webSessionLifetime,
        Duration linkLifetime,
        List<IdentityProvider> providers,
        EmailDomains allowedEmails,
        Duration providerLimit,
        CallerAddresses callers,
        FailureCount failures,
        DocumentFetch documents,
        ExceptionMapper<Throwable> otherErrors,
        Set<String> foreignPaths,
        Clock clock,
        SecureRandom random) {
    public PortalOptions {
        chromiumIds = Set.copyOf(chromiumIds);
        foreignPaths = Set.copyOf(foreignPaths);
        providers = List.copyOf(providers);
        if (keyLimit < 1) {
            throw new IllegalArgumentException("An account needs at least one API key");
        }
    }

    /**
     * Settings with their defaults.
     *
     * @param publicUrl where the world reaches the service, such as {@code https://mcp.example.org}
     * @throws IllegalArgumentException unless that is an http or https address without a path
     */
    public static Builder builder(URI publicUrl, PurposeKeys keys) {
        return new Builder(new PublicAddress(publicUrl), keys);
    }

    /** Collects settings. For one thread. */
    public static final class Builder {
        private final PublicAddress address;
        private final PurposeKeys keys;
        private URI webSocketUrl;
        private Set<String> chromiumIds = Set.of("hmbhfmhalpcgecgadelbgdnlakjnbdag");
        private String geckoId = "moodle-mcp@moodlemcp.github.io";
        private int keyLimit = 5;
        private Duration webSessionLifetime = Duration.ofDays(14);
        private Duration linkLifetime = Duration.ofHours(1);
        private List<IdentityProvider> providers = List.of();
        private EmailDomains allowedEmails = EmailDomains.all();
        private Duration providerLimit = Duration.ofSeconds(5);
        private CallerAddresses callers = CallerAddresses.unknown();
        private FailureCount failures = FailureCount.none();
        private DocumentFetch documents = DocumentFetch.fromPublicHosts();
        private ExceptionMapper<Throwable> otherErrors = new PlainErrors();
        private Set<String> foreignPaths = Set.of("mcp", "ws", "health", "metrics", ".well-known");
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(PublicAddress address, PurposeKeys keys) {
            this.address = address;
            this.keys = keys;
            this.webSocketUrl = address.webSocket();
        }

        /** For a socket that lives elsewhere than under the public address. */
        public Builder webSocketUrl(URI url) {
            this.webSocketUrl = url;
            return this;
        }

        /** Other extensions than the one that is built from this source. */
        public Builder chromiumIds(Set<String> ids) {
            this.chromiumIds = ids;
            return this;
        }

        public Builder geckoId(String id) {
            this.geckoId = id;
            return this;
        }

        public Builder keyLimit(int limit) {
            this.keyLimit = limit;
            return this;
        }

        public Builder webSessionLifetime(Duration lifetime) {
            this.webSessionLifetime = lifetime;
            return this;
        }

        public Builder linkLifetime(Duration lifetime) {
            this.linkLifetime = lifetime;
            return this;
        }

        /** Where people may sign in, in the order of their buttons. */
        public Builder providers(List<IdentityProvider> providers) {
            this.providers = providers;
            return this;
        }

        /** Whom the providers may let in; everybody unless set. */
        public Builder allowedEmails(EmailDomains domains) {
            this.allowedEmails = domains;
            return this;
        }

        /** How long a provider may take for one answer; 5 seconds unless set. */
        public Builder providerLimit(Duration limit) {
            this.providerLimit = limit;
            return this;
        }

        /** Without it all callers count as one. */
        public Builder callers(CallerAddresses addresses) {
            this.callers = addresses;
            return this;
        }

        /** Counts what strangers got wrong at sign-in and at the endpoints of the authorization server; nothing unless set. */
        public Builder failures(FailureCount count) {
            this.failures = count;
            return this;
        }

        /** Reaches public hosts only, unless set. */
        public Builder documents(DocumentFetch fetch) {
            this.documents = fetch;
            return this;
        }

        /** Who answers for exceptions outside the portal; only one mapper can be registered for all. */
        public Builder otherErrors(ExceptionMapper<Throwable> mapper) {
            this.otherErrors = mapper;
            return this;
        }

        public Builder foreignPaths(Set<String> firstSegments) {
            this.foreignPaths = firstSegments;
            return this;
        }

        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        public Builder random(SecureRandom random) {
            this.random = random;
            return this;
        }

        public PortalOptions build() {
            return new PortalOptions(
                    address,
                    webSocketUrl,
                    keys,
                    chromiumIds,
                    geckoId,
                    keyLimit,
                    webSessionLifetime,
                    linkLifetime,
                    providers,
                    allowedEmails,
                    providerLimit,
                    callers,
                    failures,
                    documents,
                    otherErrors,
                    foreignPaths,
                    clock,
                    random);
        }
    }
}
