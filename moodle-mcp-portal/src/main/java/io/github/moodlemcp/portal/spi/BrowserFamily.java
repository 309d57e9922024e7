package io.github.moodlemcp.portal.spi;

/** The browsers that an extension package is made for. */
public enum BrowserFamily {
    /** Chrome, Edge, Chromium, Brave and their relatives. */
    CHROMIUM,
    FIREFOX
}
