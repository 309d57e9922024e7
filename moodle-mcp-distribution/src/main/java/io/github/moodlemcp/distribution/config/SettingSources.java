package io.github.moodlemcp.distribution.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Finds the settings' values: flags before environment before settings file before defaults. Collects what is wrong on
 * the way. For one thread.
 */
final class SettingSources {
    /** The name of the settings file in the data folder. */
    static final String FILE_NAME = "moodle-mcp.properties";

    private static final String ENVIRONMENT = "the environment";

    private final Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    private final OidcSettings oidc = new OidcSettings();
    private final List<ConfigProblem> problems = new ArrayList<>();

    /** @param flags by setting; the values of command line options */
    SettingSources(Map<Setting, String> flags, Map<String, String> environment, Path defaultDataFolder) {
        flags.forEach((setting, value) -> values.put(setting, new SettingValue(setting, value, "the command line")));
        addAll(environment, ENVIRONMENT);
        refuseLaterSettings(environment, ENVIRONMENT);
        values.putIfAbsent(
                Setting.DATA_DIR, new SettingValue(Setting.DATA_DIR, defaultDataFolder.toString(), "the default"));
        addFile(Path.of(values.get(Setting.DATA_DIR).value()).resolve(FILE_NAME));
        for (Setting setting : Setting.values()) {
            setting.defaultValue()
                    .ifPresent(value -> values.putIfAbsent(setting, new SettingValue(setting, value, "the default")));
        }
    }

    Optional<SettingValue> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    List<SettingValue> values() {
        return List.copyOf(values.values());
    }

    /** The settings of the identity providers. */
    OidcSettings oidc() {
        return oidc;
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    private void addFile(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Map<String, String> lines = read(file);
        if (lines.containsKey(Setting.DATA_DIR.name())) {
            problems.add(new ConfigProblem(
                    Setting.DATA_DIR.name(),
                    "It cannot be set in " + file + ", which is in that folder. Remove it there."));
        }
        TreeSet<String> unknown = new TreeSet<>(lines.keySet());
        unknown.removeAll(knownNames());
        unknown.removeAll(LaterSettings.in(lines.keySet()));
        unknown.removeIf(OidcSettings::isName);
        unknown.forEach(name -> problems.add(new ConfigProblem(
                name, "There is no such setting. Remove it from " + file + ", or correct its name.")));
        refuseLaterSettings(lines, file.toString());
        addAll(lines, file.toString());
    }

    private Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new ConfigProblem(
                    file.toString(), "The settings file cannot be read. Write a NAME=value a line, in UTF-8."));
        }
        Map<String, String> lines = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> lines.put(name, properties.getProperty(name)));
        return lines;
    }

    private void addAll(Map<String, String> lines, String source) {
        for (Setting setting : Setting.values()) {
            find(setting, lines, source).ifPresent(value -> values.putIfAbsent(setting, value));
        }
        oidc.addAll(lines, source, name -> secretIn(name, lines.get(name).strip()));
    }

    private Optional<SettingValue> find(Setting setting, Map<String, String> lines, String source) {
        Optional<SettingValue> plain = text(lines, setting.name())
                .or(() -> setting.olderName().flatMap(name -> text(lines, name)))
                .map(value -> new SettingValue(setting, value, source));
        Optional<String> file = setting.fileName().flatMap(name -> text(lines, name));
        if (plain.isPresent() && file.isPresent()) {
            problems.add(new ConfigProblem(
                    setting.name(),
                    "It is set twice in " + source + ", directly and by " + setting.name() + "_FILE. Remove one."));
        }
        return plain.isPresent()
                ? plain
                : file.flatMap(path ->
                        secretIn(setting.name() + "_FILE", path).map(value -> new SettingValue(setting, value, path)));
    }

    /** The secret in the file that the setting of this name names. */
    private Optional<String> secretIn(String name, String path) {
        try {
            String value = Files.readString(Path.of(path), UTF_8).strip();
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Told below, without what the file holds.
        }
        problems.add(new ConfigProblem(
                name, "\"" + path + "\" cannot be read or is empty. Give the path of a file that holds the secret."));
        return Optional.empty();
    }

    private void refuseLaterSettings(Map<String, String> lines, String source) {
        for (String name : LaterSettings.in(lines.keySet())) {
            if (text(lines, name).isPresent()) {
                problems.add(new ConfigProblem(
                        name,
                        "This setting is known, but this version does not support it: it would have no effect."
                                + " Remove it from " + source + "."));
            }
        }
    }

    private static Optional<String> text(Map<String, String> lines, String name) {
        return Optional.ofNullable(lines.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static List<String> knownNames() {
        List<String> names = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            names.add(setting.name());
            setting.fileName().ifPresent(names::add);
            setting.olderName().ifPresent(names::add);
        }
        return names;
    }
}
