package io.github.moodlemcp.distribution.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingsPageTest {
    private static final String RENEW =
            "./mvnw -pl moodle-mcp-distribution test -Dtest=SettingsPageTest -Ddocs.update=true";

    @Test
    void thePageListsTheSettingsAsTheyAre() throws IOException {
        Path page = Path.of(System.getProperty("docs.directory"), "reference", "settings.md");
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(page, page(), UTF_8);
        }
        assertThat(Files.exists(page) ? Files.readString(page, UTF_8) : "")
                .as("docs/reference/settings.md; renew it with: %s", RENEW)
                .isEqualTo(page());
    }

    private static String page() {
        List<String> lines = new ArrayList<>(List.of(
                "# Settings",
                "",
                "Written from the program's own table; do not edit. `moodle-mcp check-config` lists the settings with their",
                "values, and says what is wrong with them.",
                "",
                "A value is looked for on the command line, then in the environment, then in the file `moodle-mcp.properties`",
                "in the data folder (a `NAME=value` a line, UTF-8); else the default counts. All wrong settings are told at",
                "once, and the service does not start. An empty value counts as not set.",
                "",
                "| Name | Default | Accepted | Meaning |",
                "|---|---|---|---|"));
        for (Setting setting : Setting.values()) {
            lines.add("| `" + setting + "`" + alternatives(setting) + " | "
                    + setting.defaultValue().map(value -> "`" + value + "`").orElse("") + " | "
                    + setting.form().replace("|", "\\|") + " | " + setting.description() + " |");
        }
        lines.addAll(List.of(
                "",
                "Each further identity provider has settings of its own, where `<NAME>` stands for a name of capital",
                "letters, digits and underscores that the operator chooses, as in `OIDC_UNI_ISSUER`. It is also part of the",
                "address to which the provider sends people back: `/sign-in/uni/callback`.",
                "",
                "| Name | Accepted | Meaning |",
                "|---|---|---|"));
        for (OidcSettings.Part part : OidcSettings.Part.values()) {
            lines.add("| `OIDC_<NAME>_" + part + "`"
                    + (part.isSecret()
                            ? "<br>or `OIDC_<NAME>_" + part + "_FILE`, the path of a file that holds it"
                            : "")
                    + " | " + part.form() + " | " + part.description() + " |");
        }
        lines.addAll(List.of(
                "",
                "Options of `serve`: `--bind` sets `BIND_ADDRESS`, `--data` sets `DATA_DIR`, `--port` sets `PORT`. The other",
                "commands take `--data`.",
                "",
                "## Known, but not supported by this version",
                "",
                "The service refuses to start when one of these is set, because it would have no effect:",
                ""));
        LaterSettings.NAMES.forEach(name -> lines.add("- `" + name + "`"));
        return String.join("\n", lines) + "\n";
    }

    private static String alternatives(Setting setting) {
        return setting.fileName()
                        .map(name -> "<br>or `" + name + "`, the path of a file that holds it")
                        .orElse("")
                + setting.olderName()
                        .map(name -> "<br>older name `" + name + "`")
                        .orElse("");
    }
}
