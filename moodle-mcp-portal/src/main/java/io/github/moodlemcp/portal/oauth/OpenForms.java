package io.github.moodlemcp.portal.oauth;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.net.URI;

/** Reads the forms that programs send, and words what is wrong with them. */
final class OpenForms {
    private OpenForms() {}

    /**
     * The form as a request to the endpoint.
     *
     * @throws ParseException if it has a parameter twice
     */
    static HTTPRequest request(URI endpoint, String form) throws ParseException {
        if (URLUtils.parseParameters(form).values().stream().anyMatch(values -> values.size() > 1)) {
            throw new ParseException("A parameter was sent twice", OAuth2Error.INVALID_REQUEST);
        }
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, endpoint);
        request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
        request.setBody(form);
        return request;
    }

    /** Tells that the form cannot be read; nothing of it is repeated. */
    static ErrorObject malformed(ParseException fault) {
        ErrorObject error = fault.getErrorObject() == null ? OAuth2Error.INVALID_REQUEST : fault.getErrorObject();
        return error(error.getCode(), "The request is malformed. Send each parameter once, as a form.");
    }

    /** Tells that the fault is ours. */
    static ErrorObject broken(String incident) {
        return error("server_error", "Something broke here (incident " + incident + "). Try again.");
    }

    /** The error with the status that it has at these endpoints. */
    static ErrorObject error(String code, String description) {
        int status = switch (code) {
            case "invalid_client" -> 401;
            case "server_error" -> 500;
            default -> 400;
        };
        return new ErrorObject(code, description, status);
    }
}
