package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryAuthorizationStore;
import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.CodeRedemption;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.RefreshToken;
import io.github.moodlemcp.portal.spi.Rotation;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Stores of grants with one fault each. */
final class BrokenAuthorizationStores {
    private BrokenAuthorizationStores() {}

    static class ForgetsTheChallenge extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            return new Forwarding() {
                @Override
                public void saveCode(AuthorizationCode code) {
                    super.saveCode(
                            new AuthorizationCode(code.hash(), code.grant(), code.redirectUri(), "", code.expires()));
                }
            };
        }
    }

    static class LooksBeforeItSpends extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            Map<SecretHash, AuthorizationCode> codes = new ConcurrentHashMap<>();
            Set<SecretHash> spent = ConcurrentHashMap.newKeySet();
            Race race = new Race();
            return new Forwarding() {
                @Override
                public void saveCode(AuthorizationCode code) {
                    super.saveCode(code);
                    codes.put(code.hash(), code);
                }

                @Override
                public CodeRedemption redeemCode(SecretHash code, Instant now) {
                    boolean isFresh = codes.containsKey(code) && !spent.contains(code);
                    race.gather();
                    spent.add(code);
                    return isFresh ? new CodeRedemption.Redeemed(codes.get(code)) : super.redeemCode(code, now);
                }
            };
        }
    }

    static class ForgivesReuse extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            Set<SecretHash> spent = ConcurrentHashMap.newKeySet();
            return new Forwarding() {
                @Override
                public CodeRedemption redeemCode(SecretHash code, Instant now) {
                    return spent.add(code) ? super.redeemCode(code, now) : new CodeRedemption.Refused();
                }
            };
        }
    }

    static class TakesExpiredCodes extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            return new Forwarding() {
                @Override
                public CodeRedemption redeemCode(SecretHash code, Instant now) {
                    return super.redeemCode(code, Instant.MIN);
                }
            };
        }
    }

    static class AddsToEndedGrants extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            return new Forwarding() {
                @Override
                public boolean addRefreshToken(UUID grantId, RefreshToken token) {
                    super.addRefreshToken(grantId, token);
                    return true;
                }
            };
        }
    }

    static class ForgetsTheReplacement extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            return new Forwarding() {
                @Override
                public Rotation rotate(
                        SecretHash presented, String clientId, RefreshToken replacement, Instant now, Duration grace) {
                    RefreshToken lost = new RefreshToken(SecretHash.of("lost"), replacement.expires());
                    return super.rotate(presented, clientId, lost, now, grace);
                }
            };
        }
    }

    static class HasNoGrace extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            return withGrace(Duration.ZERO);
        }
    }

    static class HasEndlessGrace extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            return withGrace(Duration.ofDays(10_000));
        }
    }

    static class IgnoresTheClient extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            return new Forwarding() {
                @Override
                public Rotation rotate(
                        SecretHash presented, String clientId, RefreshToken replacement, Instant now, Duration grace) {
                    return super.rotate(presented, "a-client", replacement, now, grace);
                }
            };
        }
    }

    static class RevokesForAnybody extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            Map<UUID, UUID> owners = new ConcurrentHashMap<>();
            return new Forwarding() {
                @Override
                public void saveCode(AuthorizationCode code) {
                    super.saveCode(code);
                    owners.put(code.grant().id(), code.grant().accountId());
                }

                @Override
                public boolean revoke(UUID accountId, UUID grantId) {
                    return super.revoke(owners.getOrDefault(grantId, accountId), grantId);
                }
            };
        }
    }

    static class ListsUnredeemed extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            List<Grant> saved = new ArrayList<>();
            return new Forwarding() {
                @Override
                public void saveCode(AuthorizationCode code) {
                    super.saveCode(code);
                    saved.add(code.grant());
                }

                @Override
                public List<Grant> list(UUID accountId) {
                    return saved.stream()
                            .filter(grant -> grant.accountId().equals(accountId) && isLive(grant.id()))
                            .toList();
                }
            };
        }
    }

    static class LeadsToEndedGrants extends Kit {
        @Override
        protected AuthorizationStore newStore() {
            Map<SecretHash, Grant> found = new ConcurrentHashMap<>();
            return new Forwarding() {
                @Override
                public Optional<Grant> grantOf(SecretHash refreshToken) {
                    super.grantOf(refreshToken).ifPresent(grant -> found.put(refreshToken, grant));
                    return Optional.ofNullable(found.get(refreshToken));
                }
            };
        }
    }

    private static AuthorizationStore withGrace(Duration other) {
        return new Forwarding() {
            @Override
            public Rotation rotate(
                    SecretHash presented, String clientId, RefreshToken replacement, Instant now, Duration grace) {
                return super.rotate(presented, clientId, replacement, now, other);
            }
        };
    }

    private abstract static class Kit extends AuthorizationStoreContract {
        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    private abstract static class Forwarding implements AuthorizationStore {
        private final AuthorizationStore store = new InMemoryAuthorizationStore();

        @Override
        public void saveCode(AuthorizationCode code) {
            store.saveCode(code);
        }

        @Override
        public CodeRedemption redeemCode(SecretHash code, Instant now) {
            return store.redeemCode(code, now);
        }

        @Override
        public boolean addRefreshToken(UUID grantId, RefreshToken token) {
            return store.addRefreshToken(grantId, token);
        }

        @Override
        public Rotation rotate(
                SecretHash presented, String clientId, RefreshToken replacement, Instant now, Duration grace) {
            return store.rotate(presented, clientId, replacement, now, grace);
        }

        @Override
        public boolean revoke(UUID accountId, UUID grantId) {
            return store.revoke(accountId, grantId);
        }

        @Override
        public Optional<Grant> grantOf(SecretHash refreshToken) {
            return store.grantOf(refreshToken);
        }

        @Override
        public boolean isLive(UUID grantId) {
            return store.isLive(grantId);
        }

        @Override
        public List<Grant> list(UUID accountId) {
            return store.list(accountId);
        }
    }
}
