package io.github.moodlemcp.distribution.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds for what is shipped, and is broken by the classes that were planted to break it. */
@TestInstance(Lifecycle.PER_CLASS)
final class ArchitectureTest {
    private static final String OURS = "io.github.moodlemcp.";

    private JavaClasses shipped;
    private JavaClasses planted;

    @BeforeAll
    void readClasses() {
        shipped = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.moodlemcp")
                .that(not(resideInAPackage(OURS + "testkit..")));
        planted = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages("io.github.moodlemcp")
                .that(describe("planted", type -> type.getPackageName().contains(".planted")));
    }

    static Stream<ArchRule> rules() {
        return Stream.of(
                module("protocol").knowsNothingOf("bridge", "server", "portal", "distribution", "testkit"),
                module("bridge").knowsNothingOf("server", "portal", "distribution", "testkit"),
                module("server").knowsNothingOf("portal", "distribution", "testkit"),
                module("portal").knowsNothingOf("protocol", "bridge", "server", "distribution", "testkit"),
                module("distribution").knowsNothingOf("testkit"),
                only("jakarta.ws.rs", "server", "server.spi", "server.jakarta..", "portal..", "distribution.web.."),
                only("jakarta.websocket", "server", "server.jakarta..", "distribution.web.."),
                only("org.jooq", "distribution.store.."),
                only("liquibase", "distribution.database.."),
                only("org.glassfish", "distribution.web.."),
                only("picocli", "distribution.command.."),
                noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class),
                fields().that().areStatic().should().haveModifier(JavaModifier.FINAL),
                noFields().that().areStatic().should().haveRawType(changeable()),
                slices().matching(OURS + "distribution.(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatIsShippedKeepsTheRule(ArchRule rule) {
        rule.check(shipped);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatIsPlantedBreaksTheRule(ArchRule rule) {
        assertThat(rule.evaluate(planted).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }

    private static Module module(String name) {
        return new Module(name);
    }

    private record Module(String name) {
        ArchRule knowsNothingOf(String... others) {
            return noClasses()
                    .that()
                    .resideInAPackage(OURS + name + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Arrays.stream(others)
                            .map(other -> OURS + other + "..")
                            .toArray(String[]::new));
        }
    }

    /** Only these packages of ours use the library. */
    private static ArchRule only(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        Arrays.stream(packages).map(name -> OURS + name).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..");
    }

    /** Types whose values change; constants are of other types. */
    private static DescribedPredicate<JavaClass> changeable() {
        return describe(
                "a type whose values change",
                type -> Stream.of(
                                AtomicBoolean.class,
                                AtomicInteger.class,
                                AtomicLong.class,
                                AtomicReference.class,
                                ConcurrentMap.class,
                                StringBuilder.class)
                        .anyMatch(type::isAssignableTo));
    }
}
