package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.account.Credentials;
import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.config.Config.AuthSecret;
import io.github.moodlemcp.distribution.config.Config.Listener;
import io.github.moodlemcp.distribution.config.Setting;
import io.github.moodlemcp.distribution.database.Database;
import io.github.moodlemcp.distribution.startup.DataFolder;
import io.github.moodlemcp.distribution.startup.StartupException;
import io.github.moodlemcp.distribution.store.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the service until the process is asked to end. */
@Command(name = "serve", description = "Runs the service until Ctrl-C.", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private static final int SECRET_BYTES = 48;

    private final Surroundings surroundings;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "N", description = "The port to listen on (setting PORT).")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Where to listen (setting BIND_ADDRESS).")
    private @Nullable String bind;

    Serve(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Config config = surroundings.read(flags()).config();
        try (Running running = new Running()) {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(running::close));
            running.start(() -> start(config, running));
            new CountDownLatch(1).await();
        }
        return ExitCodes.DONE;
    }

    private void start(Config config, Running running) throws IOException {
        DataFolder folder = DataFolder.open(config.dataFolder());
        running.add(folder.lockForService());
        checkPort(config.listener());
        Config complete = withAuthSecret(config, folder);
        Database database = running.add(Databases.open(complete));
        Stores stores = running.add(Stores.on(database.dataSource(), surroundings.clock()));
        try {
            running.add(surroundings.starter().start(complete, database.dataSource(), stores));
        } catch (BindException e) {
            throw portTaken(config.listener(), e);
        }
        print(complete, stores);
    }

    private Map<Setting, String> flags() {
        Map<Setting, String> flags = data.flags();
        if (port != null) {
            flags.put(Setting.PORT, port);
        }
        if (bind != null) {
            flags.put(Setting.BIND_ADDRESS, bind);
        }
        return flags;
    }

    private static Config withAuthSecret(Config config, DataFolder folder) {
        return switch (config.authSecret()) {
            case AuthSecret.Given ignored -> config;
            case AuthSecret.KeptInDataFolder() -> config.withAuthSecret(folder.secret("auth-secret", Serve::newSecret));
        };
    }

    private static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    /** Tells a taken port before the database is started for nothing. */
    private static void checkPort(Listener listener) throws IOException {
        try {
            new ServerSocket(listener.port(), 1, listener.address()).close();
        } catch (BindException e) {
            throw portTaken(listener, e);
        }
    }

    private static StartupException portTaken(Listener listener, BindException e) {
        return new StartupException(
                "The service cannot listen",
                listener.shown() + " (" + e.getMessage() + ")",
                "Stop the program that uses the port, or choose another port with --port.",
                e);
    }

    private void print(Config config, Stores stores) {
        PrintWriter out = surroundings.out();
        out.println("Moodle MCP: " + config.publicUrls().base());
        out.println("Data folder: " + config.dataFolder());
        if (!config.signIn().providers().isEmpty()) {
            out.println("Sign in here: " + config.publicUrls().base() + "/sign-in");
            return;
        }
        if (!config.listener().address().isLoopbackAddress()) {
            out.println("Nobody can sign in without an identity provider: set GOOGLE_CLIENT_ID or OIDC_<NAME>_ISSUER."
                    + " Until then this prints a link for one person: moodle-mcp sign-in-link --data "
                    + config.dataFolder());
            return;
        }
        Credentials credentials = new Credentials(stores, config.publicUrls(), surroundings.clock());
        URI link = credentials.oneTimeLinks().create(credentials.firstAccount().id());
        out.println("Sign in here (works once, " + Credentials.LINK_LIFETIME.toMinutes() + " minutes): " + link);
    }
}
