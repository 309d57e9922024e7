package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.Refusal.Of;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts the attacks that the tests of the portal try: their names come from the tests themselves. */
class RefusalsTest {
    private static final Map<Of, Integer> AT_LEAST = new EnumMap<>(Map.ofEntries(
            Map.entry(Of.REDIRECT_ADDRESS, 80),
            Map.entry(Of.PROOF_KEY, 30),
            Map.entry(Of.AUTHORIZATION_CODE, 15),
            Map.entry(Of.REFRESH_TOKEN, 4),
            Map.entry(Of.ACCESS_TOKEN, 60),
            Map.entry(Of.EXTENSION_TOKEN, 30),
            Map.entry(Of.AUDIENCE, 4),
            Map.entry(Of.CONSENT, 5),
            Map.entry(Of.CLIENT, 40),
            Map.entry(Of.OUTBOUND_REQUEST, 100),
            Map.entry(Of.WEB_SESSION, 5)));

    @Test
    void soManyAttacksAreTriedAndEachHasAName() throws Exception {
        Map<Of, List<String>> cases = new TreeMap<>();
        for (Class<?> test : testClasses()) {
            for (Method method : test.getDeclaredMethods()) {
                Refusal refusal = method.getAnnotation(Refusal.class);
                if (refusal != null) {
                    cases.merge(refusal.value(), names(method), RefusalsTest::joined);
                }
            }
        }
        cases.forEach((of, names) -> System.out.println(names.size() + " attacks on " + of));

        List<String> all = cases.values().stream().flatMap(List::stream).toList();
        System.out.println(all.size() + " attacks");
        assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(150);
        AT_LEAST.forEach((of, least) -> assertThat(cases.getOrDefault(of, List.of()))
                .as("attacks on " + of)
                .hasSizeGreaterThanOrEqualTo(least));
        assertThat(AT_LEAST).containsOnlyKeys(Of.values());
    }

    private static List<Class<?>> testClasses() throws IOException, URISyntaxException {
        URI here = RefusalsTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Path root = Path.of(here);
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .<Class<?>>map(RefusalsTest::classOf)
                    .toList();
        }
    }

    private static Class<?> classOf(String file) {
        try {
            String name = file.substring(0, file.length() - ".class".length())
                    .replace('/', '.')
                    .replace('\\', '.');
            return Class.forName(name, false, RefusalsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Method method) throws ReflectiveOperationException {
        String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        if (!method.isAnnotationPresent(ParameterizedTest.class)) {
            assertThat(method.isAnnotationPresent(Test.class)).as(test).isTrue();
            return List.of(test);
        }
        return arguments(method).stream()
                .map(argument -> test + "[" + argument + "]")
                .toList();
    }

    private static List<String> arguments(Method method) throws ReflectiveOperationException {
        ValueSource values = method.getAnnotation(ValueSource.class);
        if (values != null) {
            return Stream.concat(
                            Arrays.stream(values.strings()),
                            IntStream.of(values.ints()).mapToObj(Integer::toString))
                    .toList();
        }
        CsvSource lines = method.getAnnotation(CsvSource.class);
        if (lines != null) {
            return List.of(lines.value());
        }
        String source = method.getAnnotation(MethodSource.class).value()[0];
        Method factory = method.getDeclaringClass().getDeclaredMethod(source);
        factory.setAccessible(true);
        try (Stream<?> made = (Stream<?>) factory.invoke(null)) {
            return made.map(RefusalsTest::name).toList();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method.toString(), e);
        }
    }

    private static String name(Object made) {
        return made instanceof Arguments arguments ? arguments.get()[0].toString() : made.toString();
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
