package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.account.Credentials;
import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.database.Database;
import io.github.moodlemcp.distribution.startup.StartupException;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.credential.IssuedKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a new API key. */
@Command(
        name = "create-key",
        description = "Makes an API key, and the account if need be. Prints the key and nothing else.",
        mixinStandardHelpOptions = true)
final class CreateKey implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--email", required = true, paramLabel = "ADDRESS", description = "Whose key it is.")
    private String email = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What the key is called (default: ${DEFAULT-VALUE}).")
    private String name = "Command line";

    CreateKey(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        Config config = surroundings.read(data.flags()).config();
        try (Database database = Databases.open(config);
                Stores stores = Stores.on(database.dataSource(), surroundings.clock())) {
            Credentials credentials = new Credentials(stores, config.publicUrls(), surroundings.clock());
            surroundings.out().println(create(credentials));
        }
        return ExitCodes.DONE;
    }

    private String create(Credentials credentials) {
        try {
            IssuedKey issued = credentials
                    .apiKeys()
                    .create(credentials.localAccounts().findOrCreate(email).id(), name);
            return switch (issued) {
                case IssuedKey.Issued key -> key.secret();
                case IssuedKey.LimitReached(int limit) ->
                    throw new StartupException(
                            "The account has as many API keys as it may",
                            email + " has " + limit,
                            "Revoke one in the portal, and try again.");
            };
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--email: " + e.getMessage(), e);
        }
    }
}
