package io.github.moodlemcp.portal.outbound;

/** A document could not be fetched. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    FetchException(String reason) {
        super("Not fetched: " + reason, null, false, false);
        this.reason = reason;
    }

    /** Why, in a word for the log; it repeats nothing of the answer. */
    public String reason() {
        return reason;
    }
}
