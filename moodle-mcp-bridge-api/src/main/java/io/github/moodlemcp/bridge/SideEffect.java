package io.github.moodlemcp.bridge;

import java.util.Optional;

/** What running a tool may change in Moodle. */
public enum SideEffect {
    /** Nothing. */
    READ("read"),
    /** It marks or logs something, such as a post as read. */
    READ_MARKS("read-marks"),
    /** It changes something. */
    WRITE("write"),
    /** It changes something for good. */
    DESTRUCTIVE("destructive");

    private final String text;

    SideEffect(String text) {
        this.text = text;
    }

    /** The word on the wire and in the tool catalogue. */
    public String text() {
        return text;
    }

    /** Whether a command of this class is claimed before it acts. */
    public boolean needsClaim() {
        return this == WRITE || this == DESTRUCTIVE;
    }

    /** The class this word names. */
    public static Optional<SideEffect> of(String text) {
        for (SideEffect effect : values()) {
            if (effect.text.equals(text)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }
}
