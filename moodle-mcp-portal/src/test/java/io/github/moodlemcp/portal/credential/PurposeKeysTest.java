package io.github.moodlemcp.portal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PurposeKeysTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** RFC 5869, test case 1; we take the first 32 of its 42 bytes. */
    @Test
    void derivesAsTheRfcSays() {
        HexFormat hex = HexFormat.of();
        var extracted = PurposeKeys.extract(
                hex.parseHex("000102030405060708090a0b0c"),
                hex.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));
        var expanded = PurposeKeys.expand(extracted, hex.parseHex("f0f1f2f3f4f5f6f7f8f9"));

        assertThat(hex.formatHex(extracted.getEncoded()))
                .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        assertThat(hex.formatHex(expanded.getEncoded()))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }

    @Test
    void eachPurposeHasItsOwnKey() {
        PurposeKeys keys = PurposeKeys.of(SECRET);

        assertThat(keys.current("a").getEncoded())
                .isNotEqualTo(keys.current("b").getEncoded());
        assertThat(keys.current("a").getEncoded())
                .isEqualTo(PurposeKeys.of(SECRET).current("a").getEncoded());
    }

    @Test
    void aPreviousSecretIsStillAcceptedButMakesNothingNew() {
        PurposeKeys old = PurposeKeys.of(SECRET);
        PurposeKeys keys = PurposeKeys.of("another secret that is long enough", SECRET);

        assertThat(keys.accepted("a")).hasSize(2).contains(old.current("a"));
        assertThat(keys.current("a")).isNotEqualTo(old.current("a"));
    }

    @Test
    void aShortSecretIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> PurposeKeys.of("too short a secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("too short a secret");
    }
}
