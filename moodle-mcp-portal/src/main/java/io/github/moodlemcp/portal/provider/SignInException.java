package io.github.moodlemcp.portal.provider;

/** A sign-in that did not come to its end. Its message is the reason for the log, in one constant word. */
public final class SignInException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SignInFailure failure;

    /** @param reason constant text such as {@code wrong_audience}; nothing from the provider belongs here */
    public SignInException(SignInFailure failure, String reason) {
        super(reason);
        this.failure = failure;
    }

    public SignInFailure failure() {
        return failure;
    }

    /** What went wrong, in one word. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    static SignInException untrusted(String reason) {
        return new SignInException(SignInFailure.UNTRUSTED, reason);
    }

    static SignInException unusable(String reason) {
        return new SignInException(SignInFailure.UNUSABLE, reason);
    }

    static SignInException unreachable(String reason) {
        return new SignInException(SignInFailure.UNREACHABLE, reason);
    }
}
