package io.github.moodlemcp.distribution.command;

import io.github.moodlemcp.distribution.config.ConfigProblem;
import io.github.moodlemcp.distribution.config.ConfigReader.Reading;
import io.github.moodlemcp.distribution.config.Setting;
import io.github.moodlemcp.distribution.config.SettingValue;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints all settings and what is wrong with them. Changes nothing. */
@Command(
        name = "check-config",
        description = "Lists all settings, where each value comes from, and what is wrong. Changes nothing.",
        mixinStandardHelpOptions = true)
final class CheckConfig implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DataOption data = new DataOption();

    CheckConfig(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = surroundings.out();
        Reading reading = surroundings.read(data.flags());
        print(reading.values());
        reading.providerValues().forEach(out::println);
        return switch (reading) {
            case Reading.Good ignored -> {
                out.println("All settings are good.");
                yield ExitCodes.DONE;
            }
            case Reading.Bad bad -> {
                print(bad);
                yield ExitCodes.CONFIGURATION;
            }
        };
    }

    private void print(List<SettingValue> found) {
        Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
        found.forEach(value -> values.put(value.setting(), value));
        for (Setting setting : Setting.values()) {
            SettingValue value = values.get(setting);
            String shown = value == null ? "(not set)" : value.shown() + "  from " + value.source();
            surroundings.out().printf("%-21s %s%n", setting, shown);
        }
    }

    private void print(Reading.Bad bad) {
        surroundings.err().println("Problems:");
        for (ConfigProblem problem : bad.problems()) {
            surroundings.err().println("  " + problem);
        }
    }
}
