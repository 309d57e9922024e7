package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import org.junit.jupiter.api.Test;

class AccountSharesTest {
    private final AccountShares shares = new AccountShares(2, 3, new ByteBudget(1000), 100);

    private static BridgeId bridge(String account, String browser) {
        return new BridgeId(new AccountId(account), browser);
    }

    @Test
    void anAccountHasSoManyBrowsersAndAnotherItsOwn() {
        shares.enter(bridge("anna", "1"));
        shares.enter(bridge("anna", "2"));

        assertThat(shares.enter(bridge("anna", "3"))).isEmpty();
        assertThat(shares.enter(bridge("ben", "3"))).isPresent();
    }

    @Test
    void aBrowserThatTakesOverNeedsNoFurtherPlace() {
        AccountShares.Place earlier = shares.enter(bridge("anna", "1")).orElseThrow();
        AccountShares.Place other = shares.enter(bridge("anna", "2")).orElseThrow();

        AccountShares.Place later = shares.enter(bridge("anna", "1")).orElseThrow();
        earlier.close();
        assertThat(shares.enter(bridge("anna", "3"))).isEmpty();

        later.close();
        assertThat(shares.enter(bridge("anna", "3"))).isPresent();
        other.close();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        AccountShares.Place first = shares.enter(bridge("anna", "1")).orElseThrow();
        shares.enter(bridge("anna", "1"));
        shares.enter(bridge("anna", "2"));

        first.close();
        first.close();

        assertThat(shares.enter(bridge("anna", "3"))).isEmpty();
    }

    @Test
    void theBrowsersOfAnAccountShareItsCommands() {
        AccountShares.Place one = shares.enter(bridge("anna", "1")).orElseThrow();
        AccountShares.Place two = shares.enter(bridge("anna", "2")).orElseThrow();
        AccountShares.Place bens = shares.enter(bridge("ben", "1")).orElseThrow();

        assertThat(one.beginCommand() && one.beginCommand() && two.beginCommand())
                .isTrue();
        assertThat(one.beginCommand()).isFalse();
        assertThat(two.beginCommand()).isFalse();
        assertThat(bens.beginCommand()).isTrue();

        one.endCommand();
        assertThat(two.beginCommand()).isTrue();
    }
}
