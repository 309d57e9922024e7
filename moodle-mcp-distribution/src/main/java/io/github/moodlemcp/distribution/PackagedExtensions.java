package io.github.moodlemcp.distribution;

import io.github.moodlemcp.portal.spi.BrowserFamily;
import io.github.moodlemcp.portal.spi.ExtensionDownloads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The packages of the extension in a folder, named {@code moodle-mcp-<family>.zip}. */
final class PackagedExtensions implements ExtensionDownloads {
    private final Path folder;

    PackagedExtensions(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Archive> find(BrowserFamily family) {
        Path file = folder.resolve("moodle-mcp-" + family.name().toLowerCase(Locale.ROOT) + ".zip");
        return Files.isRegularFile(file) ? Optional.of(new Zip(file)) : Optional.empty();
    }

    private record Zip(Path file) implements Archive {
        @Override
        public long bytes() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
