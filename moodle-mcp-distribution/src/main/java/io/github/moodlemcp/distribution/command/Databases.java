package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.config.Config.DatabaseConfig;
import io.github.moodlemcp.distribution.database.Database;
import io.github.moodlemcp.distribution.database.EmbeddedPostgres;
import io.github.moodlemcp.distribution.startup.DataFolder;

/** Opens the database that the settings name. */
final class Databases {
    private Databases() {}

    static Database open(Config config) {
        return switch (config.database()) {
            case DatabaseConfig.Embedded() -> {
                DataFolder folder = DataFolder.open(config.dataFolder());
                yield Database.embedded(
                        EmbeddedPostgres.Options.in(folder.path().resolve("postgresql")));
            }
            case DatabaseConfig.External external -> Database.at(external.address());
        };
    }
}
