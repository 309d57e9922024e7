package io.github.moodlemcp.distribution.config;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.distribution.config.Config.AuthSecret;
import io.github.moodlemcp.distribution.config.Config.DatabaseConfig;
import io.github.moodlemcp.distribution.config.Config.Listener;
import io.github.moodlemcp.distribution.config.Config.PublicUrls;
import io.github.moodlemcp.distribution.config.Config.SignIn;
import io.github.moodlemcp.distribution.database.DatabaseUrl;
import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import io.github.moodlemcp.portal.web.PublicAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Reads the settings and checks them all, so that every problem is told at once. For one thread. */
public final class ConfigReader {
    private final SettingSources sources;
    private final List<ConfigProblem> problems;

    /**
     * @param flags by setting; the values of command line options
     * @param environment the environment variables
     * @param defaultDataFolder counts when nobody sets {@code DATA_DIR}
     */
    public ConfigReader(Map<Setting, String> flags, Map<String, String> environment, Path defaultDataFolder) {
        this.sources = new SettingSources(flags, environment, defaultDataFolder);
        this.problems = new ArrayList<>(sources.problems());
    }

    /** What came of reading. */
    public sealed interface Reading {
        /** The values as they were found, in the order of their names. */
        List<SettingValue> values();

        /** The values of the identity providers' settings, each as a line for people, without secrets. */
        List<String> providerValues();

        /** All settings are good. */
        record Good(List<SettingValue> values, List<String> providerValues, Config config) implements Reading {}

        /** Some are not. */
        record Bad(List<SettingValue> values, List<String> providerValues, List<ConfigProblem> problems)
                implements Reading {}

        /** @throws ConfigException when some are not good */
        default Config config() {
            return switch (this) {
                case Good good -> good.config();
                case Bad bad -> throw new ConfigException(bad.problems());
            };
        }
    }

    /** Reads everything; call it once. */
    public Reading read() {
        Optional<InetAddress> address = parsed(Setting.BIND_ADDRESS, SettingParsers::bindAddress);
        Optional<Integer> port = parsed(Setting.PORT, SettingParsers::port);
        Optional<URI> base = parsed(Setting.MCP_SERVER_URL, SettingParsers::publicUrl);
        Optional<URI> webSocket = parsed(Setting.WEBSOCKET_URL, SettingParsers::webSocketUrl);
        Optional<Path> dataFolder = parsed(Setting.DATA_DIR, SettingParsers::folder);
        Optional<DatabaseConfig> database =
                parsed(Setting.DATABASE_URL, text -> new DatabaseConfig.External(DatabaseUrl.parse(text)));
        Optional<AuthSecret.Given> secret = parsed(Setting.AUTH_SECRET, SettingParsers::authSecret);
        Optional<AuthSecret.Given> previous = parsed(Setting.AUTH_SECRET_PREVIOUS, SettingParsers::authSecret);
        checkOther(secret, previous);
        Optional<Set<String>> extensionIds = parsed(Setting.EXTENSION_IDS, SettingParsers::extensionIds);
        Optional<Config.Edge> edge = edge();
        Optional<EmailDomains> allowed = parsed(Setting.ALLOWED_EMAIL_DOMAINS, SettingParsers::emailDomains);
        List<IdentityProvider> providers = new SignInSettings(sources, problems)
                .providers(allowed.isPresent(), base.isPresent() && !PublicAddress.isLoopback(base.get()));
        Optional<Integer> requestsPerMinute = parsed(Setting.REQUESTS_PER_MINUTE, SettingParsers::perMinute);
        address.filter(bound -> !bound.isLoopbackAddress()).ifPresent(this::checkPublic);
        if (!problems.isEmpty()) {
            return new Reading.Bad(sources.values(), sources.oidc().shown(), List.copyOf(problems));
        }
        Listener listener = new Listener(address.orElseThrow(), port.orElseThrow());
        URI publicUrl = base.orElseGet(() -> URI.create("http://localhost:" + listener.port()));
        return new Reading.Good(
                sources.values(),
                sources.oidc().shown(),
                new Config(
                        listener,
                        new PublicUrls(publicUrl, webSocket.orElseGet(() -> SettingParsers.webSocketOf(publicUrl))),
                        dataFolder.orElseThrow(),
                        database.orElseGet(DatabaseConfig.Embedded::new),
                        secret.<AuthSecret>map(given -> given).orElseGet(AuthSecret.KeptInDataFolder::new),
                        previous,
                        extensionIds.orElseThrow(),
                        edge.orElseThrow(),
                        new SignIn(providers, allowed.orElseGet(EmailDomains::all)),
                        requestsPerMinute.orElseThrow()));
    }

    /** Nothing when one of its settings is missing because it is bad. */
    private Optional<Config.Edge> edge() {
        Optional<List<AddressRange>> proxies = parsed(Setting.TRUSTED_PROXIES, SettingParsers::addressRanges);
        Optional<Integer> connections = parsed(Setting.MAX_NEW_CONNECTIONS, SettingParsers::count);
        Optional<Integer> perAddress = parsed(Setting.MAX_NEW_CONNECTIONS_PER_ADDRESS, SettingParsers::count);
        Optional<Long> bytes = parsed(Setting.MAX_BYTES_IN_FLIGHT, SettingParsers::bytes);
        Optional<Long> perAccount = parsed(Setting.MAX_BYTES_IN_FLIGHT_PER_ACCOUNT, SettingParsers::bytes);
        Optional<Integer> failures = parsed(Setting.FAILURES_PER_MINUTE, SettingParsers::perMinute);
        if (connections.isEmpty() || perAddress.isEmpty() || perAccount.isEmpty() || failures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Config.Edge(
                proxies.orElse(List.of()),
                connections.get(),
                perAddress.get(),
                bytes.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                perAccount.get(),
                failures.get()));
    }

    private void checkOther(Optional<AuthSecret.Given> secret, Optional<AuthSecret.Given> previous) {
        if (secret.isPresent() && secret.equals(previous)) {
            problems.add(new ConfigProblem(
                    Setting.AUTH_SECRET_PREVIOUS.name(),
                    "It is the same as AUTH_SECRET. Give " + Setting.AUTH_SECRET_PREVIOUS.form()
                            + ", or leave it out."));
        }
    }

    /** What has a good default only as long as nobody but this machine can reach the service. */
    private void checkPublic(InetAddress address) {
        for (Setting setting : List.of(Setting.AUTH_SECRET, Setting.MCP_SERVER_URL)) {
            if (sources.value(setting).isEmpty()) {
                problems.add(new ConfigProblem(
                        setting.name(),
                        "It must be set, because BIND_ADDRESS=" + address.getHostAddress()
                                + " lets other machines in. Give " + setting.form() + "."));
            }
        }
    }

    private <T> Optional<T> parsed(Setting setting, Function<String, ? extends T> parser) {
        Optional<SettingValue> found = sources.value(setting);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(requireNonNull(parser.apply(found.get().value())));
        } catch (IllegalArgumentException e) {
            problems.add(ConfigProblem.badValue(found.get()));
            return Optional.empty();
        }
    }
}
