package io.github.moodlemcp.bench;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.util.Set;

/** As many accounts as are asked for: each key is that of an account of its own, for its client and for its browser. */
final class Accounts {
    private static final String KEY_PREFIX = "bench-account-";

    private Accounts() {}

    /** The key of an account. */
    static String key(int account) {
        return KEY_PREFIX + account;
    }

    static TokenVerifier verifier() {
        return token -> token.startsWith(KEY_PREFIX)
                ? new TokenVerification.Verified(new Caller(new AccountId(token), "bench key", Set.of("moodle:read")))
                : new TokenVerification.Rejected();
    }
}
