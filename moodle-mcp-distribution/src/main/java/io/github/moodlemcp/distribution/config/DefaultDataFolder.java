package io.github.moodlemcp.distribution.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder for programs' data that the operating system gives each user. */
public final class DefaultDataFolder {
    private static final String NAME = "moodle-mcp";

    private DefaultDataFolder() {}

    /**
     * The folder that counts when nobody names one.
     *
     * @param system the operating system, as Java calls it
     * @param home the user's home folder
     */
    public static Path of(String system, Path home, Map<String, String> environment) {
        String family = system.toLowerCase(Locale.ROOT);
        if (family.startsWith("windows")) {
            return orElse(
                            environment.get("LOCALAPPDATA"),
                            home.resolve("AppData").resolve("Local"))
                    .resolve(NAME);
        }
        if (family.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve(NAME);
        }
        return orElse(environment.get("XDG_DATA_HOME"), home.resolve(".local").resolve("share"))
                .resolve(NAME);
    }

    private static Path orElse(@Nullable String path, Path otherwise) {
        return path == null || path.isBlank() ? otherwise : Path.of(path);
    }
}
