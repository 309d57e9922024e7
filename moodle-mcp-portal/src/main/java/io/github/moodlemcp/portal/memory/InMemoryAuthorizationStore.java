package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.CodeRedemption;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.RefreshToken;
import io.github.moodlemcp.portal.spi.Rotation;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Grants in memory. Safe for use by many threads. */
public final class InMemoryAuthorizationStore implements AuthorizationStore {
    private final Map<UUID, Grant> live = new LinkedHashMap<>();
    private final Map<SecretHash, AuthorizationCode> codes = new HashMap<>();
    private final Set<SecretHash> spentCodes = new HashSet<>();
    private final Map<SecretHash, Stored> tokens = new HashMap<>();

    /** @param rotated when the token was first rotated; null while it is fresh */
    private record Stored(
            UUID grantId, Instant expires, @Nullable Instant rotated) {}

    @Override
    public synchronized void saveCode(AuthorizationCode code) {
        codes.put(code.hash(), code);
        live.put(code.grant().id(), code.grant());
    }

    @Override
    public synchronized CodeRedemption redeemCode(SecretHash hash, Instant now) {
        AuthorizationCode code = codes.get(hash);
        if (code == null || !isLive(code.grant().id())) {
            return new CodeRedemption.Refused();
        }
        if (spentCodes.contains(hash)) {
            live.remove(code.grant().id());
            return new CodeRedemption.Reused(code.grant().id());
        }
        if (!now.isBefore(code.expires())) {
            return new CodeRedemption.Refused();
        }
        spentCodes.add(hash);
        return new CodeRedemption.Redeemed(code);
    }

    @Override
    public synchronized boolean addRefreshToken(UUID grantId, RefreshToken token) {
        if (!isLive(grantId)) {
            return false;
        }
        tokens.put(token.hash(), new Stored(grantId, token.expires(), null));
        return true;
    }

    @Override
    public synchronized Rotation rotate(
            SecretHash presented, String clientId, RefreshToken replacement, Instant now, Duration grace) {
        Stored token = tokens.get(presented);
        Grant grant = token == null ? null : live.get(token.grantId());
        if (token == null || grant == null || !grant.clientId().equals(clientId) || !now.isBefore(token.expires())) {
            return new Rotation.Refused();
        }
        Instant rotated = token.rotated();
        if (rotated != null && !now.isBefore(rotated.plus(grace))) {
            live.remove(grant.id());
            return new Rotation.Reused(grant.id());
        }
        if (rotated == null) {
            tokens.put(presented, new Stored(grant.id(), token.expires(), now));
        }
        tokens.put(replacement.hash(), new Stored(grant.id(), replacement.expires(), null));
        return new Rotation.Rotated(grant);
    }

    @Override
    public synchronized Optional<Grant> grantOf(SecretHash refreshToken) {
        return Optional.ofNullable(tokens.get(refreshToken)).map(token -> live.get(token.grantId()));
    }

    @Override
    public synchronized boolean revoke(UUID accountId, UUID grantId) {
        Grant grant = live.get(grantId);
        if (grant == null || !grant.accountId().equals(accountId)) {
            return false;
        }
        live.remove(grantId);
        return true;
    }

    @Override
    public synchronized boolean isLive(UUID grantId) {
        return live.containsKey(grantId);
    }

    @Override
    public synchronized List<Grant> list(UUID accountId) {
        Set<UUID> redeemed = new HashSet<>();
        spentCodes.forEach(hash -> redeemed.add(codes.get(hash).grant().id()));
        return live.values().stream()
                .filter(grant -> grant.accountId().equals(accountId) && redeemed.contains(grant.id()))
                .sorted(Comparator.comparing(Grant::created))
                .toList();
    }
}
