package io.github.moodlemcp.portal.spi;

import java.util.UUID;

/** All that the service keeps of an account, wherever it is. Safe for use by many threads. */
public interface AccountData {
    /**
     * Everything that belongs to the person, as a JSON object in UTF-8; without secrets and their hashes, which tell
     * nobody anything.
     */
    byte[] export(UUID accountId);

    /**
     * Deletes the account and everything that belongs to it, and ends what is connected for it. Once it returns, nothing
     * of the account is found any more; an unknown account is ignored.
     */
    void erase(UUID accountId);
}
