package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.config.ConfigReader;
import io.github.moodlemcp.distribution.config.DefaultDataFolder;
import io.github.moodlemcp.distribution.config.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the commands use of the world around them.
 *
 * @param environment the environment variables
 * @param defaultDataFolder counts when nobody names one
 * @param out what was asked for, and nothing else
 * @param starter opens the service's listener
 */
record Surroundings(
        Map<String, String> environment,
        Path defaultDataFolder,
        PrintWriter out,
        PrintWriter err,
        Clock clock,
        ServiceStarter starter) {
    static Surroundings ofThisProcess(ServiceStarter starter) {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                environment,
                DefaultDataFolder.of(
                        System.getProperty("os.name"), Path.of(System.getProperty("user.home")), environment),
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                Clock.systemUTC(),
                starter);
    }

    ConfigReader.Reading read(Map<Setting, String> flags) {
        return new ConfigReader(flags, environment, defaultDataFolder).read();
    }
}
