package io.github.moodlemcp.server;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What can be set on a server; made by {@link #builder(URI)}.
 *
 * @param publicUrl where people and clients reach the service: with scheme and host and without a trailing slash, such as
 *     {@code https://mcp.example.edu}; links and metadata are built from it alone, and requests under another host are
 *     refused. With a loopback host, every loopback host and port is taken
 * @param version the version that is shown to clients and extensions
 * @param extensionIds the ids of the Chromium extensions that may connect, 32 letters each
 * @param oldestExtension the oldest version of the extension that is not reported as one to be updated, such as {@code
 *     0.1.0}; an older one is served as far as it goes
 * @param allowedOrigins further origins whose pages may call {@code /mcp}, in lower case, such as
 *     {@code https://app.example.edu}; the service's own, and loopback when the public URL is loopback, are always allowed
 * @param requestDeadline how long a handler may take before its request is answered without it; positive
 * @param approvalWait how long a call that writes waits for the person's decision before it answers that it waits
 * @param approvalTime how long a person may take to decide about a write
 * @param maxBodyBytes the longest request body, in bytes; at least 1
 * @param maxFrameBytes the longest frame of an extension, in bytes
 * @param maxCommandsInFlight how many commands may wait for one browser; at least 1
 * @param maxCommandsPerAccount how many commands may wait for all browsers of an account at this node; at least 1
 * @param maxBrowsersPerAccount how many browsers of an account may be connected to this node; at least 1
 * @param maxStrangers how many connections of extensions may be at this node that were not welcomed yet; at least 1
 * @param maxStrangersPerAddress how many of them may come from one IP address, or from one IPv6 network of 64 bits, as far as
 *     the {@linkplain MoodleMcpServer.Builder#remoteAddress address is known}; at least 1
 * @param maxBytesInFlight how many bytes may wait at this node to be sent to extensions, or to be read that came from them; at
 *     least {@code maxFrameBytes}
 * @param maxBytesInFlightPerAccount how many of them may be of one account; at least {@code maxFrameBytes}
 * @param framesPerMinute how many frames of its own an extension may send in any 60 seconds before it is warned; at twice as
 *     many it is closed; at least 1
 * @param heartbeat how often an extension sends a ping: whole seconds, at least 1
 * @param helloTimeout how long a connection of an extension may stay without an introduction
 * @param silenceTimeout how long a connection of an extension may stay silent
 * @param answerWait how long an answer is waited for before it becomes a stream; zero begins the stream at once
 * @param keepAlive how often at least something is sent on a stream; positive
 * @param listPageSize how many tools, resources or prompts a page of a list has; at least 1
 * @param mcpSessions whether clients of revisions before 2026-07-28 are given an MCP session id
 * @param signingSecrets sign what clients carry (session ids, request states): the first one signs, all of them recognise;
 *     each at least 32 bytes, and the same on every node. By default one is made, which no other node and no restart knows
 * @param authorizationServers the issuers of access tokens for {@code /mcp}, which clients are told to ask; may be empty,
 *     when access is by API key alone
 */
public record ServerOptions(
        URI publicUrl,
        String version,
        Set<String> extensionIds,
        String oldestExtension,
        Set<String> allowedOrigins,
        Duration requestDeadline,
        Duration approvalWait,
        Duration approvalTime,
        int maxBodyBytes,
        int maxFrameBytes,
        int maxCommandsInFlight,
        int maxCommandsPerAccount,
        int maxBrowsersPerAccount,
        int maxStrangers,
        int maxStrangersPerAddress,
        long maxBytesInFlight,
        long maxBytesInFlightPerAccount,
        int framesPerMinute,
        Duration heartbeat,
        Duration helloTimeout,
        Duration silenceTimeout,
        Duration answerWait,
        Duration keepAlive,
        int listPageSize,
        boolean mcpSessions,
        List<byte[]> signingSecrets,
        List<URI> authorizationServers) {

    private static final int SECRET_BYTES = 32;

    public ServerOptions {
        if (publicUrl.getScheme() == null || publicUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "The public URL needs a scheme and a host, as in https://mcp.example.edu");
        }
        requireNonNull(version, "version");
        extensionIds = Set.copyOf(extensionIds);
        if (ExtensionVersion.parse(oldestExtension).isEmpty()) {
            throw new IllegalArgumentException("A version of the extension is one to four numbers, as in 0.1.0");
        }
        allowedOrigins = Set.copyOf(allowedOrigins);
        requireNonNull(requestDeadline, "requestDeadline");
        requireNonNull(approvalWait, "approvalWait");
        requireNonNull(approvalTime, "approvalTime");
        requireNonNull(heartbeat, "heartbeat");
        requireNonNull(helloTimeout, "helloTimeout");
        requireNonNull(silenceTimeout, "silenceTimeout");
        requireNonNull(answerWait, "answerWait");
        requireNonNull(keepAlive, "keepAlive");
        signingSecrets = List.copyOf(signingSecrets);
        authorizationServers = List.copyOf(authorizationServers);
        if (maxBodyBytes < 1 || maxCommandsInFlight < 1) {
            throw new IllegalArgumentException("A body and the commands in flight need a limit of at least 1");
        }
        if (maxCommandsPerAccount < 1 || maxBrowsersPerAccount < 1 || framesPerMinute < 1) {
            throw new IllegalArgumentException("An account and its frames need limits of at least 1");
        }
        if (heartbeat.toSeconds() < 1) {
            throw new IllegalArgumentException("A heartbeat comes at most once a second");
        }
        if (maxStrangers < 1 || maxStrangersPerAddress < 1) {
            throw new IllegalArgumentException("The connections that are not welcomed yet need limits of at least 1");
        }
        if (maxBytesInFlight < maxFrameBytes || maxBytesInFlightPerAccount < maxFrameBytes) {
            throw new IllegalArgumentException("The bytes in flight need limits of at least " + maxFrameBytes);
        }
        if (listPageSize < 1) {
            throw new IllegalArgumentException("A page of a list has at least one element");
        }
        if (signingSecrets.isEmpty() || signingSecrets.stream().anyMatch(secret -> secret.length < SECRET_BYTES)) {
            throw new IllegalArgumentException("A signing secret has at least " + SECRET_BYTES + " bytes");
        }
    }

    /** The address of the MCP endpoint. */
    public URI mcpUrl() {
        return URI.create(publicUrl + "/mcp");
    }

    /** Whether this version of the extension, as it reported it, is older than the oldest; so is one that is no version. */
    public boolean isOutdated(String extensionVersion) {
        ExtensionVersion oldest = ExtensionVersion.parse(oldestExtension).orElseThrow();
        return ExtensionVersion.parse(extensionVersion)
                .map(version -> version.compareTo(oldest) < 0)
                .orElse(true);
    }

    /** Starts from the defaults for a service at this address; see {@link ServerOptions#publicUrl()}. */
    public static Builder builder(URI publicUrl) {
        return new Builder(publicUrl);
    }

    /** Collects options; for one thread. */
    public static final class Builder {
        private static final int MEBIBYTE = 1 << 20;

        private final URI publicUrl;
        private String version = "0.1.0";
        private Set<String> extensionIds = Set.of();
        private String oldestExtension = "0.1.0";
        private Set<String> allowedOrigins = Set.of();
        private Duration requestDeadline = Duration.ofSeconds(45);
        private Duration approvalWait = Duration.ofSeconds(15);
        private Duration approvalTime = Duration.ofMinutes(10);
        private int maxBodyBytes = MEBIBYTE;
        private int maxCommandsInFlight = 32;
        private int maxCommandsPerAccount = 64;
        private int maxBrowsersPerAccount = 10;
        private int maxStrangers = 2000;
        private int maxStrangersPerAddress = 50;
        private long maxBytesInFlight = Math.max(Runtime.getRuntime().maxMemory() / 4, 16 * MEBIBYTE);
        private long maxBytesInFlightPerAccount = 16 * MEBIBYTE;
        private int framesPerMinute = 60;
        private Duration heartbeat = Duration.ofSeconds(20);
        private Duration helloTimeout = Duration.ofSeconds(10);
        private Duration silenceTimeout = Duration.ofSeconds(60);
        private Duration answerWait = Duration.ofSeconds(2);
        private Duration keepAlive = Duration.ofSeconds(15);
        private int listPageSize = 100;
        private boolean mcpSessions = true;
        private List<byte[]> signingSecrets = List.of(randomSecret());
        private List<URI> authorizationServers = List.of();

        private Builder(URI publicUrl) {
            this.publicUrl = requireNonNull(publicUrl, "publicUrl");
        }

        /** Sets {@link ServerOptions#version()}. */
        public Builder version(String given) {
            version = given;
            return this;
        }

        /** Sets {@link ServerOptions#extensionIds()}; none by default. */
        public Builder extensionIds(Set<String> given) {
            extensionIds = given;
            return this;
        }

        /** Sets {@link ServerOptions#oldestExtension()}; 0.1.0 by default. */
        public Builder oldestExtension(String given) {
            oldestExtension = given;
            return this;
        }

        /** Sets {@link ServerOptions#allowedOrigins()}; none by default. */
        public Builder allowedOrigins(Set<String> given) {
            allowedOrigins = given;
            return this;
        }

        /** Sets {@link ServerOptions#requestDeadline()}; 45 seconds by default. */
        public Builder requestDeadline(Duration given) {
            requestDeadline = given;
            return this;
        }

        /** Sets {@link ServerOptions#approvalWait()}; 15 seconds by default. */
        public Builder approvalWait(Duration given) {
            approvalWait = given;
            return this;
        }

        /** Sets {@link ServerOptions#approvalTime()}; 10 minutes by default, which the extension keeps to by itself. */
        public Builder approvalTime(Duration given) {
            approvalTime = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxBodyBytes()}; 1 MiB by default. */
        public Builder maxBodyBytes(int given) {
            maxBodyBytes = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxCommandsInFlight()}; 32 by default. */
        public Builder maxCommandsInFlight(int given) {
            maxCommandsInFlight = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxCommandsPerAccount()}; 64 by default. */
        public Builder maxCommandsPerAccount(int given) {
            maxCommandsPerAccount = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxBrowsersPerAccount()}; 10 by default. */
        public Builder maxBrowsersPerAccount(int given) {
            maxBrowsersPerAccount = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxStrangers()}; 2000 by default. */
        public Builder maxStrangers(int given) {
            maxStrangers = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxStrangersPerAddress()}; 50 by default. */
        public Builder maxStrangersPerAddress(int given) {
            maxStrangersPerAddress = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxBytesInFlight()}; a quarter of the largest heap by default, but at least 16 MiB. */
        public Builder maxBytesInFlight(long given) {
            maxBytesInFlight = given;
            return this;
        }

        /** Sets {@link ServerOptions#maxBytesInFlightPerAccount()}; 16 MiB by default. */
        public Builder maxBytesInFlightPerAccount(long given) {
            maxBytesInFlightPerAccount = given;
            return this;
        }

        /** Sets {@link ServerOptions#framesPerMinute()}; 60 by default. */
        public Builder framesPerMinute(int given) {
            framesPerMinute = given;
            return this;
        }

        /** Sets {@link ServerOptions#heartbeat()}; 20 seconds by default. */
        public Builder heartbeat(Duration given) {
            heartbeat = given;
            return this;
        }

        /** Sets {@link ServerOptions#helloTimeout()}; 10 seconds by default. */
        public Builder helloTimeout(Duration given) {
            helloTimeout = given;
            return this;
        }

        /** Sets {@link ServerOptions#silenceTimeout()}; 60 seconds by default. */
        public Builder silenceTimeout(Duration given) {
            silenceTimeout = given;
            return this;
        }

        /** Sets {@link ServerOptions#answerWait()}; 2 seconds by default. */
        public Builder answerWait(Duration given) {
            answerWait = given;
            return this;
        }

        /** Sets {@link ServerOptions#keepAlive()}; 15 seconds by default. */
        public Builder keepAlive(Duration given) {
            keepAlive = given;
            return this;
        }

        /** Sets {@link ServerOptions#listPageSize()}; 100 by default. */
        public Builder listPageSize(int given) {
            listPageSize = given;
            return this;
        }

        /** Sets {@link ServerOptions#mcpSessions()}; true by default. */
        public Builder mcpSessions(boolean given) {
            mcpSessions = given;
            return this;
        }

        /** Sets {@link ServerOptions#signingSecrets()}; a random one by default. */
        public Builder signingSecrets(List<byte[]> given) {
            signingSecrets = given;
            return this;
        }

        /** Sets {@link ServerOptions#authorizationServers()}; none by default. */
        public Builder authorizationServers(List<URI> issuers) {
            authorizationServers = issuers;
            return this;
        }

        private static byte[] randomSecret() {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            return secret;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException if the public URL has no host, a version is none, or a size or a secret is too small
         */
        public ServerOptions build() {
            return new ServerOptions(
                    publicUrl,
                    version,
                    extensionIds,
                    oldestExtension,
                    allowedOrigins,
                    requestDeadline,
                    approvalWait,
                    approvalTime,
                    maxBodyBytes,
                    MEBIBYTE,
                    maxCommandsInFlight,
                    maxCommandsPerAccount,
                    maxBrowsersPerAccount,
                    maxStrangers,
                    maxStrangersPerAddress,
                    maxBytesInFlight,
                    maxBytesInFlightPerAccount,
                    framesPerMinute,
                    heartbeat,
                    helloTimeout,
                    silenceTimeout,
                    answerWait,
                    keepAlive,
                    listPageSize,
                    mcpSessions,
                    signingSecrets,
                    authorizationServers);
        }
    }
}
