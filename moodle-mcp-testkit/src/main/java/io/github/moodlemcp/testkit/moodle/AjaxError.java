package io.github.moodlemcp.testkit.moodle;

/** The ways in which {@code service.php} refuses a call, with Moodle's error codes. */
enum AjaxError {
    CODING_ERROR("debug", "codingerror", "The request is not JSON."),
    CANNOT_TRACK("error", "cannotmanualctrack", "Activity does not provide manual completion tracking."),
    GENERAL("debug", "generalexceptionmessage", "The request is not a list of calls."),
    INVALID_PARAMETER("debug", "invalidparameter", "A parameter is missing, unknown or has a wrong value."),
    INVALID_RECORD("moodle", "invalidrecord", "There is no such record."),
    INVALID_SESSKEY("moodle", "invalidsesskey", "The sesskey is not that of this session. Reload the page."),
    REQUIRE_LOGIN("moodle", "requireloginerror", "The course or activity is not accessible."),
    REQUIRES_LOGIN("webservice", "servicerequireslogin", "The service needs a login; there is no session."),
    NOT_AVAILABLE("webservice", "servicenotavailable", "The service is not available here."),
    UNKNOWN_RECORD("moodle", "invalidrecordunknown", "There is no such record.");

    private final String component;
    private final String code;
    private final String message;

    AjaxError(String component, String code, String message) {
        this.component = component;
        this.code = code;
        this.message = message;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }

    String moreInfo() {
        return "https://docs.moodle.org/500/en/error/" + component + "/" + code;
    }
}
