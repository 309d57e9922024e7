package io.github.moodlemcp.distribution.config;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.moodlemcp.distribution.config.Config.AuthSecret;
import io.github.moodlemcp.distribution.config.Config.DatabaseConfig;
import io.github.moodlemcp.distribution.config.ConfigReader.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private final Map<Setting, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theseAreAllSettingsWithTheirDefaults() {
        Map<String, String> defaults = Arrays.stream(Setting.values())
                .collect(toMap(Setting::name, setting -> setting.defaultValue().orElse("(none)")));
        assertThat(defaults)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("ALLOWED_EMAIL_DOMAINS", "(none)"),
                        entry("AUTH_SECRET", "(none)"),
                        entry("AUTH_SECRET_PREVIOUS", "(none)"),
                        entry("BIND_ADDRESS", "127.0.0.1"),
                        entry("DATABASE_URL", "(none)"),
                        entry("DATA_DIR", "(none)"),
                        entry("EXTENSION_IDS", "hmbhfmhalpcgecgadelbgdnlakjnbdag"),
                        entry("FAILURES_PER_MINUTE", "60"),
                        entry("GOOGLE_CLIENT_ID", "(none)"),
                        entry("GOOGLE_CLIENT_SECRET", "(none)"),
                        entry("MAX_BYTES_IN_FLIGHT", "(none)"),
                        entry("MAX_BYTES_IN_FLIGHT_PER_ACCOUNT", "16777216"),
                        entry("MAX_NEW_CONNECTIONS", "2000"),
                        entry("MAX_NEW_CONNECTIONS_PER_ADDRESS", "50"),
                        entry("MCP_SERVER_URL", "(none)"),
                        entry("PORT", "8080"),
                        entry("REQUESTS_PER_MINUTE", "100"),
                        entry("TRUSTED_PROXIES", "(none)"),
                        entry("WEBSOCKET_URL", "(none)")));
    }

    @Test
    void theEdgeIsAsItIsSet() {
        assertThat(read().config().edge())
                .isEqualTo(new Config.Edge(List.of(), 2000, 50, OptionalLong.empty(), 16 << 20, 60));

        environment.putAll(Map.of(
                "TRUSTED_PROXIES", "127.0.0.1, 2001:db8::/32",
                "MAX_NEW_CONNECTIONS", "7",
                "MAX_NEW_CONNECTIONS_PER_ADDRESS", "5",
                "MAX_BYTES_IN_FLIGHT", "1048576",
                "MAX_BYTES_IN_FLIGHT_PER_ACCOUNT", "1048577",
                "FAILURES_PER_MINUTE", "0"));
        assertThat(read().config().edge())
                .isEqualTo(new Config.Edge(
                        List.of(AddressRange.parse("127.0.0.1"), AddressRange.parse("2001:db8::/32")),
                        7,
                        5,
                        OptionalLong.of(1 << 20),
                        (1 << 20) + 1,
                        0));
    }

    @ParameterizedTest
    @CsvSource({
        "FAILURES_PER_MINUTE, -1",
        "FAILURES_PER_MINUTE, many",
        "TRUSTED_PROXIES, nginx",
        "TRUSTED_PROXIES, '10.0.0.1,'",
        "MAX_NEW_CONNECTIONS, 0",
        "MAX_NEW_CONNECTIONS_PER_ADDRESS, 1000001",
        "MAX_BYTES_IN_FLIGHT, 1048575",
        "MAX_BYTES_IN_FLIGHT_PER_ACCOUNT, 16M"
    })
    void aLimitOfAnotherFormIsNotAccepted(String name, String value) {
        environment.put(name, value);

        assertThatThrownBy(() -> read().config())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name);
    }

    @Test
    void withoutAnySettingTheServiceIsForThisMachineOnly() {
        Config config = read().config();
        assertThat(config.listener().shown()).isEqualTo("127.0.0.1:8080");
        assertThat(config.publicUrls().base()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(config.publicUrls().webSocket()).isEqualTo(URI.create("ws://localhost:8080/ws"));
        assertThat(config.dataFolder()).isEqualTo(folder);
        assertThat(config.database()).isEqualTo(new DatabaseConfig.Embedded());
        assertThat(config.authSecret()).isEqualTo(new AuthSecret.KeptInDataFolder());
        assertThat(config.extensionIds()).containsExactly("hmbhfmhalpcgecgadelbgdnlakjnbdag");
        assertThat(config.requestsPerMinute()).isEqualTo(100);
    }

    @Nested
    class Sources {
        @Test
        void aFlagGoesBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() throws IOException {
            writeFile("PORT=1003");
            assertThat(read().config().listener().port()).isEqualTo(1003);
            environment.put("PORT", "1002");
            assertThat(read().config().listener().port()).isEqualTo(1002);
            flags.put(Setting.PORT, "1001");
            assertThat(read().config().listener().port()).isEqualTo(1001);
        }

        @Test
        void theFileIsThatOfTheChosenDataFolder() throws IOException {
            Path other = Files.createDirectory(folder.resolve("other"));
            Files.writeString(other.resolve("moodle-mcp.properties"), "PORT = 1004\n");
            flags.put(Setting.DATA_DIR, other.toString());
            assertThat(read().config().listener().port()).isEqualTo(1004);
            assertThat(read().config().dataFolder()).isEqualTo(other);
        }

        @Test
        void theDataFolderCannotBeSetInTheFileThatIsInIt() throws IOException {
            writeFile("DATA_DIR=/elsewhere");
            assertThat(problems()).singleElement().asString().startsWith("DATA_DIR: It cannot be set in");
        }

        @Test
        void anUnknownNameInTheFileIsRefusedButNotInTheEnvironment() throws IOException {
            environment.put("PROT", "1");
            writeFile("PROT=1");
            assertThat(problems()).singleElement().asString().startsWith("PROT: There is no such setting.");
        }

        @Test
        void aSecretMayStandInAFileOfItsOwn() throws IOException {
            environment.put("AUTH_SECRET_FILE", write("secret", SECRET + "\n"));
            environment.put("DATABASE_URL_FILE", write("url", "postgresql://u:p@h/db"));
            assertThat(read().config().authSecret()).isEqualTo(new AuthSecret.Given(SECRET));
            assertThat(read().config().database())
                    .asInstanceOf(type(DatabaseConfig.External.class))
                    .extracting(external -> external.address().place())
                    .isEqualTo("h/db");
        }

        @Test
        void aSecretFileThatIsMissingOrEmptyIsTold() throws IOException {
            environment.put("AUTH_SECRET_FILE", folder.resolve("none").toString());
            environment.put("DATABASE_URL_FILE", write("empty", "\n"));
            assertThat(problems())
                    .hasSize(2)
                    .allMatch(problem -> problem.toString()
                            .matches("(AUTH_SECRET|DATABASE_URL)_FILE: .* cannot be read or is empty\\. .*"));
        }

        @Test
        void aSecretSetTwiceInOnePlaceIsRefused() throws IOException {
            environment.put("AUTH_SECRET", SECRET);
            environment.put("AUTH_SECRET_FILE", write("secret", SECRET));
            assertThat(problems()).singleElement().asString().contains("set twice");
        }

        @Test
        void theSecretBeforeIsAsLongAndAnother() throws IOException {
            environment.put("AUTH_SECRET", SECRET);
            environment.put("AUTH_SECRET_PREVIOUS", SECRET);
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .contains("AUTH_SECRET_PREVIOUS", "the same as AUTH_SECRET");
            environment.put("AUTH_SECRET_PREVIOUS", "tooshort");
            assertThat(problems()).extracting(ConfigProblem::name).containsExactly("AUTH_SECRET_PREVIOUS");
            environment.remove("AUTH_SECRET_PREVIOUS");
            environment.put("AUTH_SECRET_PREVIOUS_FILE", write("previous", SECRET + " before\n"));
            assertThat(read().config().previousSecret()).contains(new AuthSecret.Given(SECRET + " before"));
            assertThat(read().toString()).doesNotContain(SECRET);
        }

        @Test
        void theOlderNamesAreStillRead() {
            environment.put("NEXTAUTH_SECRET", SECRET);
            environment.put("NEXTAUTH_URL", "https://old.example.org/");
            assertThat(read().config().authSecret()).isEqualTo(new AuthSecret.Given(SECRET));
            assertThat(read().config().publicUrls().base()).isEqualTo(URI.create("https://old.example.org"));
            environment.put("MCP_SERVER_URL", "https://new.example.org");
            assertThat(read().config().publicUrls().webSocket()).isEqualTo(URI.create("wss://new.example.org/ws"));
        }

        @Test
        void anEmptyValueCountsAsNotSet() {
            environment.put("PORT", " ");
            assertThat(read().config().listener().port()).isEqualTo(8080);
        }
    }

    @Nested
    class Problems {
        @Test
        void allAreToldAtOnceByNameAndWithTheAcceptedForm() {
            environment.putAll(Map.of(
                    "PORT", "99999",
                    "BIND_ADDRESS", "example.org",
                    "MCP_SERVER_URL", "http://example.org",
                    "WEBSOCKET_URL", "https://example.org/ws",
                    "EXTENSION_IDS", "abc",
                    "AUTH_SECRET", "tooshort",
                    "DATABASE_URL", "mysql://u:hidden@h/db"));
            Reading reading = read();
            assertThatThrownBy(reading::config)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll(
                            "PORT: \"99999\" from the environment is not accepted. Give a number from 1 to 65535.",
                            "BIND_ADDRESS: \"example.org\"",
                            "MCP_SERVER_URL: \"http://example.org\"",
                            "WEBSOCKET_URL: \"https://example.org/ws\"",
                            "EXTENSION_IDS: \"abc\"",
                            "AUTH_SECRET: The value from the environment",
                            "DATABASE_URL: The value from the environment")
                    .message()
                    .doesNotContain("tooshort")
                    .doesNotContain("hidden");
        }

        @Test
        void withoutLoopbackTheSecretAndTheAddressMustBeSet() {
            environment.put("BIND_ADDRESS", "0.0.0.0");
            assertThat(problems()).extracting(ConfigProblem::name).containsExactly("AUTH_SECRET", "MCP_SERVER_URL");
            environment.put("AUTH_SECRET", SECRET);
            environment.put("MCP_SERVER_URL", "https://mcp.example.org");
            assertThat(read()).isInstanceOf(Reading.Good.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ADMIN_EMAILS", "METRICS_TOKEN", "NATS_URL", "SENTRY_DSN"})
        void aSettingOfALaterVersionIsRefusedBecauseItWouldHaveNoEffect(String name) {
            environment.put(name, "value");
            assertThat(problems()).singleElement().asString().contains(name, "this version does not support it");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "1000001", "+5", "many", "1.5", "99999999999"})
        void aLimitIsAPlainNumberInItsRange(String limit) {
            environment.put("REQUESTS_PER_MINUTE", limit);
            assertThat(problems()).extracting(ConfigProblem::name).containsExactly("REQUESTS_PER_MINUTE");
            environment.put("REQUESTS_PER_MINUTE", "0");
            assertThat(read().config().requestsPerMinute()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "65536", "-1", "+80", "8 0", "٨٠"})
        void aPortIsAPlainNumberInItsRange(String port) {
            environment.put("PORT", port);
            assertThat(problems()).extracting(ConfigProblem::name).containsExactly("PORT");
        }

        @ParameterizedTest
        @CsvSource({
            "MCP_SERVER_URL, https://u@example.org",
            "MCP_SERVER_URL, https://example.org/path",
            "MCP_SERVER_URL, https://example.org?q",
            "MCP_SERVER_URL, ftp://localhost",
            "MCP_SERVER_URL, http://localhost.example.org",
            "MCP_SERVER_URL, not a url",
            "WEBSOCKET_URL,  ws://example.org/ws",
            "WEBSOCKET_URL,  wss://example.org",
            "WEBSOCKET_URL,  wss://example.org/ws?a=b",
            "WEBSOCKET_URL,  /ws",
        })
        void anAddressIsEncryptedUnlessItIsLoopbackAndSaysNothingElse(String name, String value) {
            environment.put(name, value);
            assertThat(problems()).extracting(ConfigProblem::name).containsExactly(name);
        }
    }

    @Test
    void nothingShowsASecret() {
        environment.put("AUTH_SECRET", SECRET);
        environment.put("DATABASE_URL", "postgresql://u:hidden@h/db");
        Reading reading = read();
        assertThat(reading.toString()).doesNotContain(SECRET).doesNotContain("hidden");
        assertThat(reading.values().toString()).contains("AUTH_SECRET=(secret) from the environment");
    }

    private Reading read() {
        return new ConfigReader(flags, environment, folder).read();
    }

    private List<ConfigProblem> problems() {
        return ((Reading.Bad) read()).problems();
    }

    private void writeFile(String line) throws IOException {
        write("moodle-mcp.properties", line);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
