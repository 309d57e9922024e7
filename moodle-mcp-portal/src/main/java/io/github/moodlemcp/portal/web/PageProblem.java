package io.github.moodlemcp.portal.web;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;

/** Ends a request with an error page in plain words: what happened, and what to do next. */
public final class PageProblem extends ClientErrorException {
    private static final long serialVersionUID = 1L;

    private final String headline;

    /** @param explanation our own words; nothing from the request belongs here */
    public PageProblem(Status status, String headline, String explanation) {
        super(explanation, status);
        this.headline = headline;
    }

    String headline() {
        return headline;
    }
}
