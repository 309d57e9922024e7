package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UntrustedTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            ints = {0x00, 0x07, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x200D, 0x200E, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xE0041
            })
    void invisibleCharactersAreRemoved(int hidden) {
        assertThat(UntrustedText.cleaned("a" + Character.toString(hidden) + "b"))
                .isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Größe „Café“", "מבוא להיסטוריה", "تاريخ", "日本語", "😀 & <b>", "line\nbreak\ttab"})
    void visibleTextStays(String text) {
        assertThat(UntrustedText.cleaned(text)).isEqualTo(text);
    }

    @Test
    void invisibleCharactersAreRemovedWhereverTheyStand() {
        String hidden = "\u200B" + Character.toString(0xE0041) + "\u0007";

        assertThat(UntrustedText.cleaned(hidden + "a😀" + hidden + hidden + "é" + hidden))
                .isEqualTo("a😀é");
        assertThat(UntrustedText.cleaned(hidden)).isEmpty();
    }

    @Test
    void aLoneSurrogateIsRemoved() {
        assertThat(UntrustedText.cleaned("a\uD800b")).isEqualTo("ab");
    }

    @Test
    void namesAndTextsAreCleanedInDepth() throws IOException {
        assertThat(UntrustedText.cleaned(JSON.readTree("{\"a\u200B\":[{\"b\":\"x\\u202ey\"}],\"n\":1,\"z\":null}"))
                        .toString())
                .isEqualTo("{\"a\":[{\"b\":\"xy\"}],\"n\":1,\"z\":null}");
    }

    @Test
    void theMarkersOfTwoCallsDiffer() throws IOException {
        SecureRandom random = new SecureRandom();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            texts.add(UntrustedText.fenced(JSON.readTree("{}"), random));
        }
        assertThat(texts).hasSize(100);
    }
}
