package io.github.moodlemcp.server.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final byte[] PAYLOAD = "a payload".getBytes(UTF_8);

    private final Signatures signatures = signatures("test", 1);

    private static Signatures signatures(String purpose, int... secrets) {
        List<byte[]> all =
                Arrays.stream(secrets).mapToObj(SignaturesTest::secret).toList();
        return new Signatures(all, purpose);
    }

    private static byte[] secret(int value) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) value);
        return secret;
    }

    @Test
    void whatWasSignedIsRecognised() {
        String signed = signatures.sign(PAYLOAD);

        assertThat(signed).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{22}");
        assertThat(signatures.open(signed))
                .hasValueSatisfying(payload -> assertThat(payload).isEqualTo(PAYLOAD));
    }

    @Test
    void noOtherTextIs() {
        String signed = signatures.sign(PAYLOAD);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= ";
        for (int i = 0; i < signed.length(); i++) {
            assertThat(signatures.open(signed.substring(0, i))).isEmpty();
            assertThat(signatures.open(signed.substring(i + 1))).isEmpty();
            for (char letter : letters.toCharArray()) {
                String other = signed.substring(0, i) + letter + signed.substring(i + 1);
                String longer = signed.substring(0, i) + letter + signed.substring(i);
                assertThat(signatures.open(other).isPresent()).as(other).isEqualTo(other.equals(signed));
                assertThat(signatures.open(longer)).as(longer).isEmpty();
            }
        }
        for (String text : List.of("", ".", "..", "\u00e9.\u00e9", signed + "=", signed + "A")) {
            assertThat(signatures.open(text)).as(text).isEmpty();
        }
    }

    @Test
    void eachPurposeHasItsOwnKey() {
        assertThat(signatures("other", 1).open(signatures.sign(PAYLOAD))).isEmpty();
    }

    @Test
    void theFirstSecretSignsAndAllRecognise() {
        Signatures rotated = signatures("test", 2, 1);

        assertThat(rotated.open(signatures.sign(PAYLOAD))).isPresent();
        assertThat(signatures.open(rotated.sign(PAYLOAD))).isEmpty();
        assertThat(signatures("test", 2).open(rotated.sign(PAYLOAD))).isPresent();
    }
}
