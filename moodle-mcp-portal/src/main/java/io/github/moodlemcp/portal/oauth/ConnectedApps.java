package io.github.moodlemcp.portal.oauth;

import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.Grant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The apps that people allowed to call the MCP endpoint; browsers are not among them. Safe for use by many threads. */
public final class ConnectedApps {
    private final AuthorizationStore store;

    public ConnectedApps(AuthorizationStore store) {
        this.store = store;
    }

    /** What the account allowed apps, the oldest first. */
    public List<Grant> list(UUID accountId) {
        return store.list(accountId).stream()
                .filter(grant -> !grant.clientId().equals(ExtensionClient.ID))
                .toList();
    }

    /** Ends what the account allowed an app, with all its tokens; false when there is no such app of the account. */
    public boolean disconnect(UUID accountId, UUID grantId) {
        return list(accountId).stream().anyMatch(grant -> grant.id().equals(grantId))
                && store.revoke(accountId, grantId);
    }

    /** Whether the app may write in Moodle. */
    public static boolean mayWrite(Grant grant) {
        return Set.of(grant.scope().split(" ")).contains(Audience.WRITE);
    }
}
