package io.github.moodlemcp.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.portal.spi.SecretHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The style sheet, script and images. The path of each has a hash of its content, so that browsers may keep it for
 * ever. Immutable.
 */
public final class Assets {
    private static final String FOLDER = "/io/github/moodlemcp/portal/assets/";
    private static final Map<String, String> TYPES = Map.of(
            "portal.css", "text/css; charset=utf-8",
            "portal.js", "text/javascript; charset=utf-8",
            "logo.svg", "image/svg+xml");

    private final Map<String, Asset> byFileName = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();

    /** A file as it is served. */
    record Asset(String type, byte[] content) {}

    /** @throws UncheckedIOException if one cannot be read from the class path */
    public Assets() {
        TYPES.forEach((name, type) -> {
            byte[] content = read(name);
            String hash = SecretHash.of(new String(content, UTF_8)).hex().substring(0, 12);
            String fileName = name.replace(".", "." + hash + ".");
            byFileName.put(fileName, new Asset(type, content));
            paths.put(name, "/assets/" + fileName);
        });
    }

    /** The path of each asset under its plain name, such as {@code portal.css}. */
    public Map<String, String> paths() {
        return Map.copyOf(paths);
    }

    /** The asset with this file name, which includes its hash. */
    Optional<Asset> find(String fileName) {
        return Optional.ofNullable(byFileName.get(fileName));
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The portal's jar is incomplete: " + FOLDER + name + " is missing. Build it again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
