package io.github.moodlemcp.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the product's classes with a fault in them. */
final class PatchedClasses {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private PatchedClasses() {}

    /** Compiles the changed classes into a folder, to be put in front of the class path. */
    static Path compile(PlantedFault fault, Path folder) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (PlantedFault.Edit edit : fault.edits()) {
            String source = sources.containsKey(edit.file())
                    ? sources.get(edit.file())
                    : Files.readString(PROJECT.resolve(edit.file()));
            assertThat(source.split(Pattern.quote(edit.text()), -1))
                    .as("%s holds once: %s", edit.file(), edit.text())
                    .hasSize(2);
            sources.put(edit.file(), source.replace(edit.text(), edit.replacement()));
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(Path.of(source.getKey()).getFileName());
            Files.writeString(file, source.getValue());
            compile(file, classes);
        }
        return classes;
    }

    private static void compile(Path file, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "21",
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-cp",
                    classes + File.pathSeparator + System.getProperty("java.class.path"));
            boolean isCompiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(isCompiled).as("%s", said).isTrue();
        }
    }
}
