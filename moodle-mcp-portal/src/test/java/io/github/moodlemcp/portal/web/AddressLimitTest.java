package io.github.moodlemcp.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressLimitTest {
    private final AddressLimit limit = new AddressLimit(
            new AddressLimit.Rate(2, Duration.ofMinutes(1)),
            Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void eachAddressHasItsOwnCount() {
        limit.take("192.0.2.1");
        limit.take("192.0.2.1");

        assertThat(limit.take("192.0.2.1")).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit.take("192.0.2.2")).isZero();
    }

    @Test
    void whatIsGivenBackMayBeDoneAgainAndNoMore() {
        limit.take("192.0.2.1");
        limit.giveBack("192.0.2.1");
        limit.giveBack("192.0.2.1");

        assertThat(limit.take("192.0.2.1")).isZero();
        assertThat(limit.take("192.0.2.1")).isZero();
        assertThat(limit.take("192.0.2.1")).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1,      false",
        "::ffff:192.0.2.1, 192.0.2.1,           true",
        "2001:db8:1:2::1%0, 2001:db8:1:2::1,    true",
        "a:name, b:name,                        false"
    })
    void theAddressesOfOneNetworkCountAsOne(String one, String other, boolean isSame) {
        limit.take(one);
        limit.take(one);

        assertThat(limit.take(other).isPositive()).isEqualTo(isSame);
    }

    @Test
    void onlyTheAddressesThatCameLastAreRemembered() {
        limit.take("first");
        limit.take("first");
        for (int i = 0; i < AddressLimit.MAX_ADDRESSES + 100; i++) {
            limit.take("10.0." + (i >> 8) + "." + (i & 255));
        }

        assertThat(limit.remembered()).isEqualTo(AddressLimit.MAX_ADDRESSES);
        assertThat(limit.take("first")).isZero();
    }
}
