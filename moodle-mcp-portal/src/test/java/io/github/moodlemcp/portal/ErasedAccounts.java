package io.github.moodlemcp.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.portal.spi.AccountData;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Notes which accounts were erased, and exports no more than the id. */
final class ErasedAccounts implements AccountData {
    private final List<UUID> erased = new ArrayList<>();

    @Override
    public byte[] export(UUID accountId) {
        return ("{\"id\":\"" + accountId + "\"}").getBytes(UTF_8);
    }

    @Override
    public synchronized void erase(UUID accountId) {
        erased.add(accountId);
    }

    synchronized List<UUID> all() {
        return List.copyOf(erased);
    }
}
