package io.github.moodlemcp.bridge;

/** Why the service closes a connection; {@code docs/reference/bridge-protocol.md} says what the extension does then. */
public enum CloseReason {
    TOO_BIG(1009, "frame over the limit"),
    RESTART(1012, "the service restarts"),
    OVERLOADED(1013, "the service has too much to do"),
    ADDRESS_FULL(1013, "too many connections from this address that have not introduced themselves"),
    TOO_MANY_FAILURES(1013, "too many tokens from this address were not good, this one among them"),
    PROTOCOL_VIOLATION(4400, "protocol violation"),
    UNAUTHENTICATED(4401, "the token is missing, malformed, expired or revoked"),
    SILENT(4408, "nothing was received in time"),
    SUPERSEDED(4409, "a newer connection of the same browser took over"),
    VERSION_TOO_OLD(4426, "this protocol version is not served any more"),
    TOO_MANY_FRAMES(4429, "too many frames"),
    TOO_MANY_CONNECTIONS(4429, "too many connections of this account"),
    TOO_MANY_BYTES(4429, "too many bytes of this account wait to be read");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The WebSocket close code. */
    public int code() {
        return code;
    }

    /** The reason on the wire, in English. */
    public String text() {
        return text;
    }
}
