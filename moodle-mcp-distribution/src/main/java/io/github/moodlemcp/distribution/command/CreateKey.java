package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.account.Credentials;
import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.database.Database;
import io.github.moodlemcp.distribution.startup.StartupException;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.KeyRights;
import java.util.List;
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

    @Option(names = "--write", description = "Let it change things in Moodle, not only read.")
    private boolean write;

    @Option(
            names = "--toolsets",
            split = ",",
            paramLabel = "NAME",
            description = "What it offers: student, student-write, teacher, teacher-write (default: ${DEFAULT-VALUE}).")
    private List<String> toolsets = List.of("student");

    @Option(names = "--read-only", description = "Let it only read, at whichever address it is used.")
    private boolean readOnly;

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
            Account account = credentials.localAccounts().findOrCreate(email);
            IssuedKey issued = credentials.apiKeys().create(account.id(), name, rights(), null);
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

    private KeyRights rights() {
        if (!KeyRights.TOOLSETS.containsAll(toolsets)) {
            throw new ParameterException(
                    spec.commandLine(), "--toolsets: there are " + String.join(", ", KeyRights.TOOLSETS));
        }
        return KeyRights.of(write, toolsets, readOnly);
    }
}
