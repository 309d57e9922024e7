package io.github.moodlemcp.distribution.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.moodlemcp.distribution.startup.StartupException;
import javax.sql.DataSource;

/**
 * The database with its connection pool, at the current schema. Safe for use by many threads. Closing it ends the pool,
 * and then the server if it is ours and nobody else uses it.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 10;

    private final HikariDataSource pool;
    private final AutoCloseable server;

    private Database(HikariDataSource pool, AutoCloseable server) {
        this.pool = pool;
        this.server = server;
    }

    /**
     * Starts our own PostgreSQL and opens its database.
     *
     * @throws StartupException when that is not possible
     */
    public static Database embedded(EmbeddedPostgres.Options options) {
        EmbeddedPostgres server = EmbeddedPostgres.start(options);
        return open(server.address(), server);
    }

    /**
     * Opens a database that runs elsewhere.
     *
     * @throws StartupException when that is not possible
     */
    public static Database at(JdbcAddress address) {
        return open(address, () -> {});
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
        close(server);
    }

    private static Database open(JdbcAddress address, AutoCloseable server) {
        try {
            HikariDataSource pool = pool(address);
            try {
                new SchemaMigration(Database.class.getClassLoader()).apply(pool);
                return new Database(pool, server);
            } catch (RuntimeException e) {
                pool.close();
                throw e;
            }
        } catch (RuntimeException e) {
            close(server);
            throw e;
        }
    }

    private static HikariDataSource pool(JdbcAddress address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(10_000);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StartupException(
                    "The database cannot be reached",
                    address.place() + " (" + reason(e) + ")",
                    "Check DATABASE_URL, and that PostgreSQL runs there and lets this user in.",
                    e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        String message = cause == null ? failure.getMessage() : cause.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("no reason given");
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
