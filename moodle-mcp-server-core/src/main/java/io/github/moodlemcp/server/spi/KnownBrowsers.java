package io.github.moodlemcp.server.spi;

import io.github.moodlemcp.bridge.AccountId;
import java.util.List;
import java.util.Optional;

/** What is remembered of the browsers of accounts. Safe for use by many threads; it may block. */
public interface KnownBrowsers {

    /** The browsers that the account has not disconnected for good, the one that was heard of last first. */
    List<KnownBrowser> of(AccountId account);

    /**
     * The id of the browser that the person chose for calls that name none. Asked before every such call, so it should be
     * quick.
     */
    Optional<String> defaultOf(AccountId account);

    /** Remembers nothing. */
    static KnownBrowsers none() {
        return new KnownBrowsers() {
            @Override
            public List<KnownBrowser> of(AccountId account) {
                return List.of();
            }

            @Override
            public Optional<String> defaultOf(AccountId account) {
                return Optional.empty();
            }
        };
    }
}
