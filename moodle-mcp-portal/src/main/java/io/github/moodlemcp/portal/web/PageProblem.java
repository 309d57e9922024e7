package io.github.moodlemcp.portal.web;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;

/** Ends a request with an error page in plain words: what happened, and what to do next. */
public final class PageProblem extends ClientErrorException {
    private static final long serialVersionUID = 1L;

    private final String headline;

    /** @param explanation our own words; nothing from the request belongs here */
    public PageProblem(Status status, String headline, String explanation) {
        super(explanation, status);
        this.headline = headline;
    }

    /** 429: something was done too often, and may be done again after {@code wait}. */
    public PageProblem(Duration wait, String headline, String explanation) {
        super(
                explanation,
                Response.status(Status.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, AddressLimit.seconds(wait))
                        .build());
        this.headline = headline;
    }

    String headline() {
        return headline;
    }
}
