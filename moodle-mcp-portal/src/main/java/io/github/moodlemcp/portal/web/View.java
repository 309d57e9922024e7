package io.github.moodlemcp.portal.web;

/** What one template shows; public records, because the template engine reads their components. */
public interface View {
    /** The template's name without its ending. */
    String template();

    /** The title of the page, for the browser's tab. */
    String title();
}
