package io.github.moodlemcp.distribution.config;

import io.github.moodlemcp.portal.provider.IdentityProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings {@code OIDC_<NAME>_…}, of which there are as many as the operator has identity providers. Collects what
 * is wrong on the way. For one thread.
 */
final class OidcSettings {
    private static final Pattern NAME = Pattern.compile("OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*?)_("
            + Arrays.stream(Part.values()).map(Part::name).collect(Collectors.joining("|")) + ")(_FILE)?");
    private static final Map<String, String> KNOWN_NAMES =
            Map.of("ENTRA", "Microsoft", "MICROSOFT", "Microsoft", "GITLAB", "GitLab", "OKTA", "Okta");

    private final Map<String, Found> found = new TreeMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    /** What can be set for each provider. */
    enum Part {
        ISSUER(
                "the provider's https:// address, as its discovery document names it",
                "The provider's issuer. `/.well-known/openid-configuration` is added to find its discovery document."),
        CLIENT_ID("the client id that the provider gave this service", "What the provider calls this service."),
        CLIENT_SECRET(
                "the client secret that the provider gave this service", "Proves to it that this is the service."),
        DISPLAY_NAME(
                "a name of at most 40 characters", "What its button says. When it is not set: made from `<NAME>`."),
        HOSTS(
                "host names, separated by commas",
                "Further hosts on which the provider has endpoints, when they are not on the issuer's own host."),
        TRUST_EMAIL(
                "true or false",
                "Whether e-mail addresses count as verified when the provider does not say. Only for a provider that"
                        + " gives people no addresses but its own.");

        private final String form;
        private final String description;

        Part(String form, String description) {
            this.form = form;
            this.description = description;
        }

        String form() {
            return form;
        }

        String description() {
            return description;
        }

        boolean isSecret() {
            return this == CLIENT_SECRET;
        }
    }

    /** A value as it was found. */
    private record Found(String name, String value, String source) {
        /** Without the value, which may be a secret. */
        @Override
        public String toString() {
            return name + " from " + source;
        }
    }

    /** Whether it is the name of such a setting. */
    static boolean isName(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                && (matcher.group(3) == null || Part.valueOf(matcher.group(2)).isSecret());
    }

    /**
     * Takes from the lines what no earlier ones have.
     *
     * @param secretIn reads the secret from the file that the setting of this name names
     */
    void addAll(Map<String, String> lines, String source, Function<String, Optional<String>> secretIn) {
        Map<String, Found> here = new TreeMap<>();
        for (String name : new TreeSet<>(lines.keySet())) {
            Optional<String> text =
                    Optional.ofNullable(lines.get(name)).map(String::strip).filter(value -> !value.isEmpty());
            if (!isName(name) || text.isEmpty()) {
                continue;
            }
            boolean isFile = name.endsWith("_FILE");
            String plain = isFile ? name.substring(0, name.length() - "_FILE".length()) : name;
            Optional<String> value = isFile ? secretIn.apply(name) : text;
            value.map(known -> here.put(plain, new Found(plain, known, isFile ? text.get() : source)))
                    .ifPresent(before -> problems.add(new ConfigProblem(
                            plain,
                            "It is set twice in " + source + ", directly and by " + plain + "_FILE. Remove one.")));
        }
        here.forEach(found::putIfAbsent);
    }

    /** Each value with its name and source, for people; without secrets. */
    List<String> shown() {
        return found.values().stream()
                .map(value -> "%-21s %s  from %s"
                        .formatted(
                                value.name(),
                                value.name().endsWith(Part.CLIENT_SECRET.name()) ? "(secret)" : value.value(),
                                value.source()))
                .toList();
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /** The providers, in the order of their names; those with a problem are left out, and the problem is noted. */
    List<IdentityProvider> providers() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : found.keySet()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        }
        return names.stream().map(this::provider).flatMap(Optional::stream).toList();
    }

    private Optional<IdentityProvider> provider(String name) {
        boolean isComplete = true;
        for (Part part : List.of(Part.ISSUER, Part.CLIENT_ID, Part.CLIENT_SECRET)) {
            if (!found.containsKey(full(name, part))) {
                problems.add(new ConfigProblem(
                        full(name, part),
                        "It must be set, because other settings of OIDC_" + name + " are. Give " + part.form() + "."));
                isComplete = false;
            }
        }
        if (!isComplete) {
            return Optional.empty();
        }
        Optional<IdentityProvider> plain = parsed(
                name,
                Part.ISSUER,
                issuer -> IdentityProvider.openId(
                        name.toLowerCase(Locale.ROOT).replace('_', '-'),
                        value(name, Part.DISPLAY_NAME).orElseGet(() -> displayName(name)),
                        SettingParsers.issuer(issuer),
                        value(name, Part.CLIENT_ID).orElseThrow(),
                        value(name, Part.CLIENT_SECRET).orElseThrow()));
        return plain.flatMap(provider -> withHosts(name, provider)).flatMap(provider -> withTrust(name, provider));
    }

    private Optional<IdentityProvider> withHosts(String name, IdentityProvider provider) {
        return value(name, Part.HOSTS).isEmpty()
                ? Optional.of(provider)
                : parsed(name, Part.HOSTS, hosts -> provider.withHosts(SettingParsers.hosts(hosts)));
    }

    private Optional<IdentityProvider> withTrust(String name, IdentityProvider provider) {
        return value(name, Part.TRUST_EMAIL).isEmpty()
                ? Optional.of(provider)
                : parsed(
                        name,
                        Part.TRUST_EMAIL,
                        text -> SettingParsers.yesOrNo(text) ? provider.withTrustedEmail() : provider);
    }

    private <T> Optional<T> parsed(String name, Part part, Function<String, T> parser) {
        Found value = found.get(full(name, part));
        try {
            return Optional.of(parser.apply(value.value()));
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(
                    value.name(),
                    "\"" + value.value() + "\" from " + value.source() + " is not accepted. Give " + part.form()
                            + "."));
            return Optional.empty();
        }
    }

    private Optional<String> value(String name, Part part) {
        return Optional.ofNullable(found.get(full(name, part))).map(Found::value);
    }

    private static String full(String name, Part part) {
        return "OIDC_" + name + "_" + part.name();
    }

    private static String displayName(String name) {
        return Arrays.stream(name.split("_"))
                .map(word -> KNOWN_NAMES.getOrDefault(
                        word, word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" "));
    }
}
