package io.github.moodlemcp.server.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.server.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TokenVerifierTest {
    private static final String KEY = "0123456789abcdef";
    private static final Caller ANNA = new Caller(new AccountId("anna"), "anna's key", Set.of());

    @Test
    void oneKeyIsOneCallers() {
        assertThat(TokenVerifier.ofKey(KEY, ANNA).verify(KEY)).isEqualTo(new TokenVerification.Verified(ANNA));
    }

    @Test
    void nothingElseIsTheKey() {
        TokenVerifier verifier = TokenVerifier.ofKey(KEY, ANNA);

        for (String other : List.of("", KEY + " ", KEY.substring(1), KEY.toUpperCase(Locale.ROOT), "0".repeat(16))) {
            assertThat(verifier.verify(other)).as(other).isEqualTo(new TokenVerification.Rejected());
        }
    }

    @Test
    void aKeyThatCanBeGuessedIsNone() {
        assertThatThrownBy(() -> TokenVerifier.ofKey(KEY.substring(1), ANNA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The key has 15 characters; take 16 or more, all random");
    }
}
