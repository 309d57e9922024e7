package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.account.Credentials;
import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.database.Database;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.spi.Account;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a new sign-in link for a running service. */
@Command(
        name = "sign-in-link",
        description = "Prints a link that signs in once, within 10 minutes, to the service on this data folder.",
        mixinStandardHelpOptions = true)
final class SignInLink implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--email",
            paramLabel = "ADDRESS",
            description = "Whose account it signs in to, made if need be (default: the oldest account).")
    private @Nullable String email;

    SignInLink(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        Config config = surroundings.read(data.flags()).config();
        try (Database database = Databases.open(config);
                Stores stores = Stores.on(database.dataSource(), surroundings.clock())) {
            Credentials credentials = new Credentials(stores, config.publicUrls(), surroundings.clock());
            surroundings
                    .out()
                    .println(credentials
                            .oneTimeLinks()
                            .create(account(credentials).id()));
        }
        return ExitCodes.DONE;
    }

    private Account account(Credentials credentials) {
        try {
            return email == null
                    ? credentials.firstAccount()
                    : credentials.localAccounts().findOrCreate(email);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--email: " + e.getMessage(), e);
        }
    }
}
