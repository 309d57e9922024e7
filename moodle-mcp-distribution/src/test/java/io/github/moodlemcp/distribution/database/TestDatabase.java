package io.github.moodlemcp.distribution.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives tests a {@code DataSource} of a real PostgreSQL with the current schema and no rows, and the {@code
 * TestDatabase} for more. One server serves all tests of a JVM.
 */
public final class TestDatabase implements BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestDatabase.class);

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        try (Connection connection = server(context).database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE users CASCADE");
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DataSource.class || type == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Server server = server(context);
        return parameter.getParameter().getType() == Server.class ? server : server.database.dataSource();
    }

    private static Server server(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Server.class, type -> new Server(), Server.class);
    }

    /** The server of all tests. */
    public static final class Server implements AutoCloseable {
        private final AtomicInteger databases = new AtomicInteger();
        private final Path folder;
        private final EmbeddedPostgres postgres;
        private final Database database;

        private Server() {
            try {
                folder = Files.createTempDirectory("moodle-mcp-test-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = EmbeddedPostgres.start(TestPostgres.fast(folder.resolve("postgresql")));
            // Also when the tests are cut short.
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            database = Database.at(postgres.address());
        }

        /** Where the database is that all tests share. */
        public JdbcAddress address() {
            return postgres.address();
        }

        /** The address as the setting DATABASE_URL takes it. */
        public String url() {
            JdbcAddress address = address();
            return "postgresql://" + address.user() + ":" + address.password() + "@" + address.place()
                    + "?sslmode=disable";
        }

        /** A new database without any table. */
        public DataSource empty() throws SQLException {
            String name = "empty_" + databases.incrementAndGet();
            JdbcAddress address = address();
            JdbcAddress superuser = new JdbcAddress(
                    address.url().replace("/moodle_mcp", "/postgres"), "postgres", address.password(), "test");
            TestPostgres.ask(superuser, "CREATE DATABASE " + name + " OWNER moodle_mcp");
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(address.url().replace("/moodle_mcp", "/" + name));
            source.setUser(address.user());
            source.setPassword(address.password());
            return source;
        }

        @Override
        public void close() throws Exception {
            database.close();
            postgres.close();
            FileTree.delete(folder);
        }
    }
}
