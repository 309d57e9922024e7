package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the data folder. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that keeps database and secrets (setting DATA_DIR).")
    private @Nullable String folder;

    Map<Setting, String> flags() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        if (folder != null) {
            flags.put(Setting.DATA_DIR, folder);
        }
        return flags;
    }
}
