package io.github.moodlemcp.distribution.startup;

import org.jspecify.annotations.Nullable;

/**
 * Something that the person who runs the service has to put right. The message is for that person and holds no secret;
 * no stack trace is shown.
 */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param what what is wrong, without a full stop
     * @param which what it is about: the folder, port, program, with the reason where there is one
     * @param next what to do about it, as whole sentences
     */
    public StartupException(String what, String which, String next) {
        this(what, which, next, null);
    }

    public StartupException(String what, String which, String next, @Nullable Throwable cause) {
        super(what + ": " + which + ". " + next, cause);
    }
}
