package io.github.moodlemcp.bench;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.distribution.Verifiers;
import io.github.moodlemcp.distribution.database.Database;
import io.github.moodlemcp.distribution.database.EmbeddedPostgres;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.credential.AccessTokens;
import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.credential.LocalAccounts;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The tool {@code echo} twice in one process: for callers that are taken as they come, and for API keys and access tokens that
 * are judged as in the service, by its own PostgreSQL.
 */
public final class AuthServer {
    private static final String SCOPE = "moodle:read";
    private static final String SECRET = "a secret of the bench that is long enough to be one";
    private static final int KEYS = 5;
    private static final int CODE_SECONDS = 60;

    private AuthServer() {}

    /**
     * Prints a key and a token, and serves until the process is ended.
     *
     * @param args the port that asks for nothing, the port that authenticates, and an empty folder for the database
     * @throws IOException when a port cannot be bound
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int open = Integer.parseInt(args[0]);
        int guarded = Integer.parseInt(args[1]);
        Clock clock = Clock.systemUTC();
        Database database = Database.embedded(EmbeddedPostgres.Options.in(Path.of(args[2])));
        Stores stores = Stores.on(database.dataSource(), clock);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stores.close();
            database.close();
        }));
        URI base = URI.create("http://127.0.0.1:" + guarded);
        ApiKeys keys = new ApiKeys(stores.apiKeys(), new SecureRandom(), clock, KEYS);
        AccessTokens tokens = new AccessTokens(
                PurposeKeys.of(SECRET), base, URI.create(base + "/mcp"), stores.authorizations()::isLive, clock);
        UUID account = new LocalAccounts(stores.accounts(), clock)
                .findOrCreate("bench@example.org")
                .id();
        IssuedKey.Issued key = (IssuedKey.Issued) keys.create(account, "bench");
        String token = tokens.issue(granted(stores, account, base, clock.instant()), SCOPE);

        TokenVerifier verifier = Verifiers.ofCallers(keys, tokens, stores.authorizations()::isLive);
        Caller anybody = new Caller(new AccountId(account.toString()), "anybody", Set.of(SCOPE));
        Thread.ofPlatform().daemon().start(() -> serve(open, shown -> new TokenVerification.Verified(anybody)));
        System.out.println("ready " + key.secret() + " " + token);
        serve(guarded, verifier);
    }

    private static Grant granted(Stores stores, UUID account, URI base, Instant now) {
        Grant grant = new Grant(UUID.randomUUID(), account, "bench", base + "/mcp", SCOPE, "", now);
        SecretHash code = SecretHash.of("a code of the bench");
        stores.authorizations()
                .saveCode(new AuthorizationCode(
                        code, grant, "http://127.0.0.1/callback", "challenge", now.plusSeconds(CODE_SECONDS)));
        stores.authorizations().redeemCode(code, now);
        return grant;
    }

    private static void serve(int port, TokenVerifier verifier) {
        MoodleMcpServer server = MoodleMcpServer.builder(ServerOptions.builder(URI.create("http://127.0.0.1:" + port))
                        .build())
                .withoutMoodle()
                .callerTokens(verifier)
                .tool(OurServer.echo())
                .build();
        try {
            Listener.serve(port, OurServer.rest(server.restComponents()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
