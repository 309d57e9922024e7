package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.distribution.startup.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.RanChangeSet;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.postgresql.util.PSQLState;

/**
 * Brings a database to the schema that the change log describes. Many nodes may do so at once: one works, the others
 * wait. Costs one query when the database has seen this very change log before.
 */
public final class SchemaMigration {
    private static final String FOLDER = "db/changelog/";
    private static final String MASTER = FOLDER + "changelog.xml";
    private static final Pattern INCLUDED = Pattern.compile("<include file=\"([^\"]+)\"");
    /** Any number that no other program on the database is likely to choose. */
    private static final long ADVISORY_LOCK = 0x6d6f_6f64_6c65L;

    private final ClassLoader changeLogs;

    /** @param changeLogs finds the change log's files */
    public SchemaMigration(ClassLoader changeLogs) {
        this.changeLogs = changeLogs;
    }

    /**
     * Applies what the database does not have yet.
     *
     * @throws StartupException when a change fails, or when the database was written by a later version
     */
    public void apply(DataSource database) {
        byte[] current = fingerprint();
        try (Connection connection = database.getConnection()) {
            if (Arrays.equals(current, recordedFingerprint(connection))) {
                return;
            }
            lock(connection);
            try {
                removeLockOfDeadNode(connection);
                migrate(database);
                record(connection, current);
            } finally {
                unlock(connection);
            }
        } catch (SQLException | LiquibaseException e) {
            throw new StartupException(
                    "The database cannot be brought to the current schema",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "Check that the user owns the database, and that there is room on its disk; nothing was changed by"
                            + " the change that failed.",
                    e);
        }
    }

    /** The SHA-256 of the whole change log. */
    public byte[] fingerprint() {
        MessageDigest digest = sha256();
        files().forEach(file -> digest.update(read(file)));
        return digest.digest();
    }

    /** The change log's files, the list of them first. */
    public List<String> files() {
        List<String> files = new ArrayList<>(List.of(MASTER));
        Matcher included = INCLUDED.matcher(new String(read(MASTER), UTF_8));
        while (included.find()) {
            files.add(FOLDER + included.group(1));
        }
        return files;
    }

    private void migrate(DataSource database) throws SQLException, LiquibaseException {
        try (Connection connection = database.getConnection()) {
            Map<String, Object> quietly = Map.of(Scope.Attr.ui.name(), new LoggerUIService());
            Scope.child(quietly, () -> {
                Liquibase liquibase = new Liquibase(
                        MASTER,
                        new ClassLoaderResourceAccessor(changeLogs),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)));
                liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
                refuseLaterSchema(liquibase);
                liquibase.update(new Contexts(), new LabelExpression());
            });
        } catch (SQLException | LiquibaseException e) {
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        }
    }

    private static void refuseLaterSchema(Liquibase liquibase) throws LiquibaseException {
        Collection<RanChangeSet> unknown = liquibase.listUnexpectedChangeSets(new Contexts(), new LabelExpression());
        if (!unknown.isEmpty()) {
            throw new StartupException(
                    "The database was written by a later version of Moodle MCP",
                    unknown.stream().map(RanChangeSet::getId).sorted().toList() + " is not known here",
                    "Run that version, or restore the backup made before it was installed.");
        }
    }

    private static byte[] recordedFingerprint(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT fingerprint FROM schema_state");
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getBytes(1) : new byte[0];
        } catch (SQLException e) {
            refuseUnlessAbsent(e);
            return new byte[0];
        }
    }

    private static void record(Connection connection, byte[] fingerprint) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                INSERT INTO schema_state (only_row, fingerprint) VALUES (true, ?)
                ON CONFLICT (only_row) DO UPDATE SET fingerprint = excluded.fingerprint""")) {
            update.setBytes(1, fingerprint);
            update.executeUpdate();
        }
    }

    /** Nobody else can hold Liquibase's own lock while we hold ours: a node that died left it. */
    private static void removeLockOfDeadNode(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE databasechangeloglock SET locked = false, lockgranted = NULL, lockedby = NULL");
        } catch (SQLException e) {
            refuseUnlessAbsent(e);
        }
    }

    /** The table is absent before the first migration. */
    private static void refuseUnlessAbsent(SQLException e) throws SQLException {
        if (!PSQLState.UNDEFINED_TABLE.getState().equals(e.getSQLState())) {
            throw e;
        }
    }

    private static void lock(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_lock(?)");
    }

    private static void unlock(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_unlock(?)");
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setLong(1, ADVISORY_LOCK);
            prepared.execute();
        }
    }

    private byte[] read(String file) {
        try (InputStream stream = changeLogs.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("The change log's " + file + " is missing");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
