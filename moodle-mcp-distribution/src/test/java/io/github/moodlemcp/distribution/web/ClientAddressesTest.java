package io.github.moodlemcp.distribution.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.config.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
    private final ClientAddresses addresses =
            new ClientAddresses(List.of(AddressRange.parse("127.0.0.1"), AddressRange.parse("10.0.0.0/8")));

    @Test
    void withoutAProxyNobodyIsBelieved() {
        assertThat(addresses.of("203.0.113.9", List.of("192.0.2.1"))).isEqualTo("203.0.113.9");
        assertThat(new ClientAddresses(List.of()).of("127.0.0.1", List.of("192.0.2.1")))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void behindAProxyItIsTheLastAddressThatTheProxyNoted() {
        assertThat(addresses.of("127.0.0.1", List.of("192.0.2.1"))).isEqualTo("192.0.2.1");
        assertThat(addresses.of("127.0.0.1", List.of("198.51.100.66", "192.0.2.1")))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aProxyBehindAProxyIsPassedOver() {
        assertThat(addresses.of("127.0.0.1", List.of("198.51.100.66", "192.0.2.1", "10.1.2.3")))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aProxyThatNotedNothingCountsItself() {
        assertThat(addresses.of("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
        assertThat(addresses.of("127.0.0.1", List.of("10.1.2.3"))).isEqualTo("10.1.2.3");
    }
}
