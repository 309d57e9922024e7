package io.github.moodlemcp.distribution.command;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this program was installed: the folder of its jar. */
final class InstallFolder {
    private InstallFolder() {}

    /** The packages of the extension, which lie beside the jar; the folder need not exist. */
    static Path extensions() {
        try {
            Path program = Path.of(InstallFolder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return program.resolveSibling("extension");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The program does not lie in a folder", e);
        }
    }
}
