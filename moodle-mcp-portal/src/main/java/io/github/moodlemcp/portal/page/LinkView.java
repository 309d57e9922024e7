package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.View;

/**
 * The page before the way to a provider, to link it.
 *
 * @param provider the provider's name
 * @param address where the person signs in there
 */
public record LinkView(String provider, String address) implements View {
    @Override
    public String template() {
        return "link";
    }

    @Override
    public String title() {
        return "Link " + provider;
    }

    /** Without the address, which has the attempt's state. */
    @Override
    public String toString() {
        return "LinkView[provider=" + provider + "]";
    }
}
