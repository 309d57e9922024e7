package io.github.moodlemcp.portal;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers with what the exception says, and with a bare 500 for a defect. */
final class PlainErrors implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(PlainErrors.class.getName());

    @Override
    public Response toResponse(Throwable problem) {
        if (problem instanceof WebApplicationException known) {
            return known.getResponse();
        }
        LOG.log(ERROR, "event=request_failed", problem);
        return Response.serverError().build();
    }
}
