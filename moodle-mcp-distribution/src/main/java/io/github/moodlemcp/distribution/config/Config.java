package io.github.moodlemcp.distribution.config;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.distribution.database.JdbcAddress;
import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The checked settings of one service.
 *
 * @param dataFolder may not exist yet
 * @param previousSecret from what keys were derived before; what they made still counts
 * @param extensionIds of the Chromium extensions that may connect
 * @param requestsPerMinute how many requests an account may post in any 60 seconds; 0 for no limit
 */
public record Config(
        Listener listener,
        PublicUrls publicUrls,
        Path dataFolder,
        DatabaseConfig database,
        AuthSecret authSecret,
        Optional<AuthSecret.Given> previousSecret,
        Set<String> extensionIds,
        Edge edge,
        SignIn signIn,
        int requestsPerMinute) {
    public Config {
        requireNonNull(listener, "listener");
        requireNonNull(publicUrls, "publicUrls");
        requireNonNull(dataFolder, "dataFolder");
        requireNonNull(database, "database");
        requireNonNull(authSecret, "authSecret");
        requireNonNull(previousSecret, "previousSecret");
        requireNonNull(signIn, "signIn");
        extensionIds = Set.copyOf(extensionIds);
        requireNonNull(edge, "edge");
    }

    /**
     * How much strangers and the connections of extensions may take.
     *
     * @param trustedProxies whose word is taken for where a connection comes from
     * @param maxNewConnections how many may not be welcomed yet
     * @param maxNewConnectionsPerAddress how many of them may come from one address
     * @param maxBytesInFlight how much may wait to be sent or read; empty for what fits the heap
     * @param maxBytesInFlightPerAccount how much of that may be of one account
     * @param failuresPerMinute how much of what comes from one address may be wrong; 0 for no limit
     */
    public record Edge(
            List<AddressRange> trustedProxies,
            int maxNewConnections,
            int maxNewConnectionsPerAddress,
            OptionalLong maxBytesInFlight,
            long maxBytesInFlightPerAccount,
            int failuresPerMinute) {
        public Edge {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * How people sign in.
     *
     * @param providers none leaves the one-time links
     * @param allowedEmails whom the providers may let in
     */
    public record SignIn(List<IdentityProvider> providers, EmailDomains allowedEmails) {
        public SignIn {
            requireNonNull(allowedEmails, "allowedEmails");
            providers = List.copyOf(providers);
        }

        /** By one-time links only. */
        public static SignIn byLinks() {
            return new SignIn(List.of(), EmailDomains.all());
        }
    }

    /** Where the service listens. */
    public record Listener(InetAddress address, int port) {
        /** The address and the port for people, as in {@code 127.0.0.1:8080}. */
        public String shown() {
            String host = address.getHostAddress();
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Where the world reaches the service.
     *
     * @param base scheme and authority without a slash at the end
     * @param webSocket where extensions connect
     */
    public record PublicUrls(URI base, URI webSocket) {}

    /** Which database is used. */
    public sealed interface DatabaseConfig {
        /** Our own PostgreSQL in the data folder. */
        record Embedded() implements DatabaseConfig {}

        /** A PostgreSQL that runs elsewhere. */
        record External(JdbcAddress address) implements DatabaseConfig {}
    }

    /** From what the signing keys are derived. */
    public sealed interface AuthSecret {
        /** This one. */
        record Given(String value) implements AuthSecret {
            /** Without the secret. */
            @Override
            public String toString() {
                return "Given";
            }
        }

        /** One that is made when it is first needed, and kept in the data folder. */
        record KeptInDataFolder() implements AuthSecret {}
    }

    /** The same with this secret. */
    public Config withAuthSecret(String value) {
        return new Config(
                listener,
                publicUrls,
                dataFolder,
                database,
                new AuthSecret.Given(value),
                previousSecret,
                extensionIds,
                edge,
                signIn,
                requestsPerMinute);
    }
}
