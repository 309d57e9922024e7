package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private static final int LIMIT = 10;

    @Test
    void whatFitsIsReadWhole() throws IOException {
        assertThat(read("0123456789", "10")).contains("0123456789");
        assertThat(read("0123456789", null)).contains("0123456789");
        assertThat(read("", "0")).contains("");
        assertThat(read("", null)).contains("");
    }

    @Test
    void whatIsLongerThanTheLimitIsNotRead() throws IOException {
        assertThat(read("0123456789a", "11")).isEmpty();
        assertThat(read("0123456789a", null)).isEmpty();
    }

    @Test
    void aLengthThatIsTooLongOrNoNumberIsRefusedWithoutReading() throws IOException {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[5]);

        assertThat(RequestBody.read(body, "99999999999999999999", LIMIT)).isEmpty();
        assertThat(RequestBody.read(body, "2147483647", LIMIT)).isEmpty();
        assertThat(RequestBody.read(body, "five", LIMIT)).isEmpty();
        assertThat(body.available()).isEqualTo(5);
    }

    @Test
    void aBodyThatIsNotAsLongAsItSaysIsReadToItsEnd() throws IOException {
        assertThat(read("0123456", "3")).contains("0123456");
        assertThat(read("0123456789", "9")).contains("0123456789");
        assertThat(read("0123456789a", "9")).isEmpty();
        assertThat(read("0123", "9")).contains("0123");
        assertThat(read("0123", "-1")).contains("0123");
    }

    private static Optional<String> read(String body, @Nullable String statedLength) throws IOException {
        return RequestBody.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), statedLength, LIMIT)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
