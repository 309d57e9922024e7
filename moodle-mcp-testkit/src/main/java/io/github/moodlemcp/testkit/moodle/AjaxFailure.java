package io.github.moodlemcp.testkit.moodle;

/** A call that ends with an error answer. */
final class AjaxFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AjaxError error;

    AjaxFailure(AjaxError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    AjaxError error() {
        return error;
    }
}
