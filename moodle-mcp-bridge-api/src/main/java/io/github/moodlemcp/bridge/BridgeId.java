package io.github.moodlemcp.bridge;

import static java.util.Objects.requireNonNull;

/**
 * Names one browser of one account: what a connection registers under and a command is routed to.
 *
 * @param browser the id the browser profile made for itself; it means nothing outside its account
 */
public record BridgeId(AccountId account, String browser) {
    public BridgeId {
        requireNonNull(account, "account");
        requireNonNull(browser, "browser");
    }
}
