package io.github.moodlemcp.distribution.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used. The message lists every problem, a line each, and holds no secret. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigException(List<ConfigProblem> problems) {
        super(problems.stream()
                .map(problem -> "  " + problem)
                .collect(Collectors.joining(
                        "\n",
                        "The settings cannot be used:\n",
                        "\nPut them right and start again; check-config lists all settings.")));
    }
}
