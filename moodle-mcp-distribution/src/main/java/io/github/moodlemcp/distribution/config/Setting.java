package io.github.moodlemcp.distribution.config;

import io.github.moodlemcp.distribution.database.DatabaseUrl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set. The names are those of the environment variables and of the lines in the settings file.
 */
public enum Setting {
    ALLOWED_EMAIL_DOMAINS(
            Kind.PLAIN,
            null,
            "domains such as example.edu, separated by commas",
            "Whom the identity providers may let in: people with a verified address in one of these domains, each"
                    + " without its subdomains. When it is not set: everybody."),
    AUTH_SECRET(
            Kind.SECRET,
            null,
            "at least 32 characters, such as the output of: openssl rand -base64 48",
            "From it the keys are derived that sign access tokens and forms. On loopback one is made and kept in the data"
                    + " folder when it is not set."),
    AUTH_SECRET_PREVIOUS(
            Kind.SECRET,
            null,
            "the secret that was AUTH_SECRET before, which is another one",
            "While it is set, what was made with it counts until it expires; new things are made with `AUTH_SECRET`. See"
                    + " [how to change the secret](../how-to/change-the-secret.md)."),
    BIND_ADDRESS(
            Kind.PLAIN,
            "127.0.0.1",
            "an IP address of this machine, or localhost",
            "Where the service listens. Other machines reach it only when this is not a loopback address; then"
                    + " `AUTH_SECRET` and `MCP_SERVER_URL` must be set."),
    DATABASE_URL(
            Kind.SECRET,
            null,
            DatabaseUrl.FORM,
            "The PostgreSQL to use. When it is not set, one of its own runs in the data folder."),
    DATA_DIR(
            Kind.PLAIN,
            null,
            "the path of a folder that may be written",
            "Keeps the database and the generated secrets. When it is not set: `$XDG_DATA_HOME/moodle-mcp` or"
                    + " `~/.local/share/moodle-mcp`, on macOS `~/Library/Application Support/moodle-mcp`, on Windows"
                    + " `%LOCALAPPDATA%\\moodle-mcp`."),
    EXTENSION_IDS(
            Kind.PLAIN,
            "hmbhfmhalpcgecgadelbgdnlakjnbdag",
            "ids of 32 letters from a to p, separated by commas",
            "The Chromium extensions that may connect. In Firefox the sign-in alone decides."),
    FAILURES_PER_MINUTE(
            Kind.PLAIN,
            "60",
            "a number from 1 to 1000000, or 0 for no limit",
            "How many keys, tokens, codes and links from one IP address, or from one IPv6 network of 64 bits, may be wrong in a"
                    + " minute before its wrong ones are answered with 429; good ones always count."),
    GOOGLE_CLIENT_ID(
            Kind.PLAIN, null, "the client id that Google gave this service", "Lets people sign in with Google."),
    GOOGLE_CLIENT_SECRET(
            Kind.SECRET,
            null,
            "the client secret that Google gave this service",
            "Proves to Google that this is the service."),
    MAX_BYTES_IN_FLIGHT(
            Kind.PLAIN,
            null,
            "a number of bytes, at least 1048576",
            "How many bytes may wait to be sent to extensions, or to be read that came from them. When it is not set: a quarter"
                    + " of the largest heap."),
    MAX_BYTES_IN_FLIGHT_PER_ACCOUNT(
            Kind.PLAIN, "16777216", "a number of bytes, at least 1048576", "How many of them may be of one account."),
    MAX_NEW_CONNECTIONS(
            Kind.PLAIN,
            "2000",
            "a number from 1 to 1000000",
            "How many connections of extensions may be open that have not been welcomed yet."),
    MAX_NEW_CONNECTIONS_PER_ADDRESS(
            Kind.PLAIN,
            "50",
            "a number from 1 to 1000000",
            "How many of them may come from one IP address, or from one IPv6 network of 64 bits. Behind a proxy that is not"
                    + " among `TRUSTED_PROXIES` all come from the proxy."),
    MCP_SERVER_URL(
            Kind.PLAIN,
            null,
            "https:// and a host without a path, or http:// and a loopback host",
            "Where the world reaches the service; every link is built from it. When it is not set:"
                    + " `http://localhost:PORT`."),
    PORT(Kind.PLAIN, "8080", "a number from 1 to 65535", "The port the service listens on."),
    REQUESTS_PER_MINUTE(
            Kind.PLAIN,
            "100",
            "a number from 1 to 1000000, or 0 for no limit",
            "How many requests an account may post to `/mcp` in any 60 seconds, over all its keys."),
    TRUSTED_PROXIES(
            Kind.PLAIN,
            null,
            "IP addresses and networks such as 10.0.0.0/8, separated by commas",
            "The proxies in front of the service. Of a connection that comes from one of them, the last address in"
                    + " `X-Forwarded-For` that is not one of them counts as its own. They must add to that header, or set it."),
    WEBSOCKET_URL(
            Kind.PLAIN,
            null,
            "wss:// and a host with a path, or ws:// and a loopback host with a path",
            "Where extensions connect, when that is elsewhere. When it is not set: the public address with `/ws`.");

    private final Kind kind;
    private final @Nullable String defaultValue;
    private final String form;
    private final String description;

    Setting(Kind kind, @Nullable String defaultValue, String form, String description) {
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.form = form;
        this.description = description;
    }

    /** Whether its value is shown nowhere, and may stand in a file of its own instead. */
    public boolean isSecret() {
        return kind == Kind.SECRET;
    }

    /** The value that counts when nobody sets one; empty when that depends on other things. */
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** The accepted form, as the end of "Give …". */
    public String form() {
        return form;
    }

    /** What it is for, in Markdown. */
    public String description() {
        return description;
    }

    /** The name under which a file can be named that holds the secret. */
    public Optional<String> fileName() {
        return isSecret() ? Optional.of(name() + "_FILE") : Optional.empty();
    }

    /** The older name that is still read. */
    public Optional<String> olderName() {
        return switch (this) {
            case AUTH_SECRET -> Optional.of("NEXTAUTH_SECRET");
            case MCP_SERVER_URL -> Optional.of("NEXTAUTH_URL");
            case ALLOWED_EMAIL_DOMAINS,
                    AUTH_SECRET_PREVIOUS,
                    BIND_ADDRESS,
                    DATABASE_URL,
                    DATA_DIR,
                    EXTENSION_IDS,
                    FAILURES_PER_MINUTE,
                    GOOGLE_CLIENT_ID,
                    GOOGLE_CLIENT_SECRET,
                    MAX_BYTES_IN_FLIGHT,
                    MAX_BYTES_IN_FLIGHT_PER_ACCOUNT,
                    MAX_NEW_CONNECTIONS,
                    MAX_NEW_CONNECTIONS_PER_ADDRESS,
                    PORT,
                    REQUESTS_PER_MINUTE,
                    TRUSTED_PROXIES,
                    WEBSOCKET_URL -> Optional.empty();
        };
    }

    private enum Kind {
        PLAIN,
        SECRET
    }
}
