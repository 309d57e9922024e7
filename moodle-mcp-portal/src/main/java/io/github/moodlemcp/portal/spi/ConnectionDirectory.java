package io.github.moodlemcp.portal.spi;

import java.util.List;
import java.util.UUID;

/** Who is connected now. Safe for use by many threads; the answer is already old when it arrives. */
@FunctionalInterface
public interface ConnectionDirectory {
    /** The connected browsers of that account only, the longest connected first. */
    List<ConnectedBrowser> connected(UUID accountId);
}
