package io.github.moodlemcp.bench.chaos;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import io.github.moodlemcp.testkit.chaos.ChaosTarget.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The accounts of the chaos, with tokens that both processes can make. */
final class ChaosMembers {
    private static final Set<String> SCOPES = Set.of("moodle:read", "moodle:write");

    private ChaosMembers() {}

    static List<Member> of(int accounts) {
        return IntStream.range(0, accounts)
                .mapToObj(number -> new Member(
                        "account-" + number, "caller-key-of-account-" + number, "extension-token-of-account-" + number))
                .toList();
    }

    /** Accepts one token of each member. */
    static TokenVerifier verifier(List<Member> members, Function<Member, String> token) {
        Map<String, TokenVerification> verified = members.stream()
                .collect(Collectors.toUnmodifiableMap(
                        token,
                        member -> new TokenVerification.Verified(
                                new Caller(new AccountId(member.account()), "chaos", SCOPES))));
        return given -> verified.getOrDefault(given, new TokenVerification.Rejected());
    }
}
