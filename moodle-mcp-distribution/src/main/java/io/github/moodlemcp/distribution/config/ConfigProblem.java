package io.github.moodlemcp.distribution.config;

import static java.util.Objects.requireNonNull;

/**
 * Why a setting cannot be used.
 *
 * @param name the setting's
 * @param text the problem and what to do about it, as whole sentences without any secret
 */
public record ConfigProblem(String name, String text) {
    public ConfigProblem {
        requireNonNull(name, "name");
        requireNonNull(text, "text");
    }

    /** The value does not have the accepted form. */
    static ConfigProblem badValue(SettingValue value) {
        String what = value.setting().isSecret() ? "The value" : "\"" + value.value() + "\"";
        return new ConfigProblem(
                value.setting().name(),
                what + " from " + value.source() + " is not accepted. Give "
                        + value.setting().form() + ".");
    }

    @Override
    public String toString() {
        return name + ": " + text;
    }
}
