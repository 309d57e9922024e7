package io.github.moodlemcp.portal.spi;

import java.util.List;
import java.util.UUID;

/**
 * The browsers that people have connected. Safe for use by many threads; what it tells is already old when it arrives.
 *
 * <ol>
 *   <li>BROWSER-1 A browser that is connected is listed for its account only, with its times and its sites.
 *   <li>BROWSER-2 A browser that was connected stays listed, as {@link PairedBrowser.Absent}, until it is forgotten.
 *   <li>BROWSER-3 The connected browsers come first, the longest connected first; then the others, the one that was heard of
 *       last first.
 *   <li>BROWSER-4 At most one browser of an account is its default, and only a listed one can become it; for an unknown or
 *       foreign one the answer is false and nothing changes.
 *   <li>BROWSER-5 A forgotten browser is listed no more, is no default, and its connection is closed at once; it comes back
 *       only when the person connects it anew. For an unknown or foreign one the answer is false and nothing changes.
 * </ol>
 */
public interface BrowserDirectory {
    /** The browsers of that account. */
    List<PairedBrowser> browsers(UUID accountId);

    /** Makes the browser the default; false when the account has no such browser. */
    boolean chooseDefault(UUID accountId, String browserId);

    /** Leaves the account without a default. */
    void clearDefault(UUID accountId);

    /** Ends the browser's connection and everything that lets it connect; false when the account has no such browser. */
    boolean forget(UUID accountId, String browserId);
}
