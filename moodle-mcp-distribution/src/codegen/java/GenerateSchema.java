import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.distribution.database.Database;
import io.github.moodlemcp.distribution.database.EmbeddedPostgres;
import io.github.moodlemcp.distribution.database.SchemaMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jooq.Constants;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Writes the classes of the tables, from a database that has just been made by the change log. Does nothing when the
 * classes were written from this very change log before.
 *
 * <p>Arguments: the folder for the classes, a folder for the database, the folder of PostgreSQL's programs.
 */
final class GenerateSchema {
    private static final String TARGET_PACKAGE = "io.github.moodlemcp.distribution.store.schema";

    private GenerateSchema() {}

    public static void main(String[] arguments) throws Exception {
        Path sources = Path.of(arguments[0]);
        Path database = Path.of(arguments[1]);
        Path programs = Path.of(arguments[2]);
        Path state = sources.resolve("state.txt");
        String current = Constants.FULL_VERSION + " "
                + HexFormat.of().formatHex(new SchemaMigration(GenerateSchema.class.getClassLoader()).fingerprint());
        if (Files.exists(state) && Files.readString(state, UTF_8).equals(current)) {
            return;
        }
        delete(database);
        delete(sources);
        Logger.getLogger("").getHandlers()[0].setLevel(Level.WARNING);
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        Map<String, String> fast = Map.of("fsync", "off");
        try (Database migrated = Database.embedded(new EmbeddedPostgres.Options(database, programs, fast))) {
            GenerationTool tool = new GenerationTool();
            tool.setDataSource(migrated.dataSource());
            tool.run(configuration(sources));
        }
        delete(database);
        Files.writeString(state, current, UTF_8);
    }

    private static Configuration configuration(Path sources) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withGenerator(new Generator()
                        .withDatabase(new org.jooq.meta.jaxb.Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema("public")
                                .withOutputSchemaToDefault(true)
                                .withExcludes("databasechangelog.*|schema_state")
                                .withForcedTypes(new ForcedType()
                                        .withName("INSTANT")
                                        .withIncludeTypes("timestamptz|timestamp.*with time zone")))
                        .withGenerate(new Generate()
                                .withGlobalCatalogReferences(false)
                                .withGeneratedAnnotation(false)
                                .withComments(false))
                        .withTarget(new Target()
                                .withPackageName(TARGET_PACKAGE)
                                .withDirectory(sources.toString())));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
