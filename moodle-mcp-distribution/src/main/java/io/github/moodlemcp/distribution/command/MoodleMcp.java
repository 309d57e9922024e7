package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.Application;
import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.config.ConfigException;
import io.github.moodlemcp.distribution.startup.StartupException;
import io.github.moodlemcp.distribution.store.Stores;
import java.io.IOException;
import java.time.Clock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program {@code moodle-mcp}, whose commands are its subcommands. */
@Command(
        name = "moodle-mcp",
        description = "Lets AI assistants use Moodle through a browser extension.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the command could not do its work; the message says what to do",
            "2:the command line cannot be understood",
            "78:the settings, or the version of Java, do not allow to start"
        },
        subcommands = HelpCommand.class)
public final class MoodleMcp {
    private static final Logger LOGGER = LoggerFactory.getLogger(MoodleMcp.class);

    private MoodleMcp() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        LibraryLogs.takeOver();
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.exit(run(Surroundings.ofThisProcess(MoodleMcp::start), arguments));
    }

    private static AutoCloseable start(Config config, DataSource dataSource, Stores stores) throws IOException {
        return Application.start(config, stores, InstallFolder.extensions(), Clock.systemUTC());
    }

    static int run(Surroundings surroundings, String... arguments) {
        return new CommandLine(new MoodleMcp())
                .addSubcommand(new Serve(surroundings))
                .addSubcommand(new CreateKey(surroundings))
                .addSubcommand(new SignInLink(surroundings))
                .addSubcommand(new CheckConfig(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setExecutionExceptionHandler((failure, command, parsed) -> told(failure, surroundings))
                .execute(arguments);
    }

    private static int told(Exception failure, Surroundings surroundings) throws Exception {
        if (failure instanceof ConfigException) {
            surroundings.err().println(failure.getMessage());
            return ExitCodes.CONFIGURATION;
        }
        if (failure instanceof StartupException) {
            surroundings.err().println(failure.getMessage());
            return ExitCodes.FAILED;
        }
        LOGGER.error("event=command_failed", failure);
        surroundings.err().println("A defect in Moodle MCP: the log line above describes it. Please report it.");
        return ExitCodes.FAILED;
    }
}
