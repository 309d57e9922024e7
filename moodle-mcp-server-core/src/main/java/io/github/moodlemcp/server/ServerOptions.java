package io.github.moodlemcp.server;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * What can be set on a server; made by {@link #builder(URI)}.
 *
 * @param publicUrl where people and clients reach the service, without a trailing slash, such as
 *     {@code https://mcp.example.edu}; links and metadata are built from it alone
 * @param version the version that is shown to clients and extensions
 * @param extensionIds the ids of the Chromium extensions that may connect, 32 letters each
 * @param allowedOrigins further origins whose pages may call {@code /mcp}; the service's own, and loopback when the public
 *     URL is loopback, are always allowed
 * @param requestDeadline how long a tool call may take before it is answered without a result
 * @param maxBodyBytes the longest request body, in bytes
 * @param maxFrameBytes the longest frame of an extension, in bytes
 * @param maxCommandsInFlight how many commands may wait for one browser
 * @param heartbeat how often an extension sends a ping
 * @param helloTimeout how long a connection may stay without an introduction
 * @param silenceTimeout how long a connection may stay silent
 */
public record ServerOptions(
        URI publicUrl,
        String version,
        Set<String> extensionIds,
        Set<String> allowedOrigins,
        Duration requestDeadline,
        int maxBodyBytes,
        int maxFrameBytes,
        int maxCommandsInFlight,
        Duration heartbeat,
        Duration helloTimeout,
        Duration silenceTimeout) {

    public ServerOptions {
        requireNonNull(publicUrl, "publicUrl");
        requireNonNull(version, "version");
        extensionIds = Set.copyOf(extensionIds);
        allowedOrigins = Set.copyOf(allowedOrigins);
        requireNonNull(requestDeadline, "requestDeadline");
        requireNonNull(heartbeat, "heartbeat");
        requireNonNull(helloTimeout, "helloTimeout");
        requireNonNull(silenceTimeout, "silenceTimeout");
    }

    /** The address of the MCP endpoint. */
    public URI mcpUrl() {
        return URI.create(publicUrl + "/mcp");
    }

    /** Starts from the defaults for a service at this address. */
    public static Builder builder(URI publicUrl) {
        return new Builder(publicUrl);
    }

    /** Collects options; for one thread. */
    public static final class Builder {
        private static final int MEBIBYTE = 1 << 20;

        private final URI publicUrl;
        private String version = "0.1.0";
        private Set<String> extensionIds = Set.of();
        private Set<String> allowedOrigins = Set.of();
        private Duration requestDeadline = Duration.ofSeconds(45);
        private int maxCommandsInFlight = 32;
        private Duration helloTimeout = Duration.ofSeconds(10);
        private Duration silenceTimeout = Duration.ofSeconds(60);

        private Builder(URI publicUrl) {
            this.publicUrl = publicUrl;
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

        /** Sets {@link ServerOptions#maxCommandsInFlight()}; 32 by default. */
        public Builder maxCommandsInFlight(int given) {
            maxCommandsInFlight = given;
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

        /** The options. */
        public ServerOptions build() {
            return new ServerOptions(
                    publicUrl,
                    version,
                    extensionIds,
                    allowedOrigins,
                    requestDeadline,
                    MEBIBYTE,
                    MEBIBYTE,
                    maxCommandsInFlight,
                    Duration.ofSeconds(20),
                    helloTimeout,
                    silenceTimeout);
        }
    }
}
