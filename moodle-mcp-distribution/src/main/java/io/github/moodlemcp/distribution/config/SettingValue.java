package io.github.moodlemcp.distribution.config;

import static java.util.Objects.requireNonNull;

/**
 * A setting's value as it was found.
 *
 * @param value not checked yet, without surrounding white space, not empty
 * @param source where it was found, for people
 */
public record SettingValue(Setting setting, String value, String source) {
    public SettingValue {
        requireNonNull(setting, "setting");
        requireNonNull(value, "value");
        requireNonNull(source, "source");
    }

    /** The value, or a word in place of a secret. */
    public String shown() {
        return setting.isSecret() ? "(secret)" : value;
    }

    @Override
    public String toString() {
        return setting + "=" + shown() + " from " + source;
    }
}
