package io.bactrian;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The layers of DESIGN, section 1. */
class LayersTest {
    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.bactrian");

    private static final String[] STEPS = {
        "analyze", "backup", "structure", "data", "verify", "sync"
    };
    private static final String[] DOORS = {
        "io.bactrian.cli..", "io.bactrian.route..", "io.bactrian.web..", "io.bactrian.demo.."
    };

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    @Test
    void thereIsSomethingToLookAt() {
        assertThat(OURS.stream().map(c -> c.getPackageName()).distinct())
                .contains(
                        "io.bactrian.cli",
                        "io.bactrian.route",
                        "io.bactrian.data",
                        "io.bactrian.sql");
    }

    @Test
    void importsPointDown() {
        holds(
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .withOptionalLayers(true)
                        .layer("cli")
                        .definedBy("io.bactrian.cli..")
                        .layer("demo")
                        .definedBy("io.bactrian.demo..")
                        .layer("web")
                        .definedBy("io.bactrian.web..")
                        .layer("route")
                        .definedBy("io.bactrian.route..")
                        .layer("steps")
                        .definedBy(packages(STEPS))
                        .layer("state")
                        .definedBy("io.bactrian.state..")
                        .layer("sql")
                        .definedBy("io.bactrian.sql..")
                        .layer("schema")
                        .definedBy("io.bactrian.schema..")
                        .layer("bottom")
                        .definedBy("io.bactrian.config..", "io.bactrian.error..")
                        .whereLayer("cli")
                        .mayNotBeAccessedByAnyLayer()
                        .whereLayer("web")
                        .mayOnlyBeAccessedByLayers("cli", "demo")
                        .whereLayer("demo")
                        .mayOnlyBeAccessedByLayers("cli")
                        .whereLayer("route")
                        .mayOnlyBeAccessedByLayers("cli", "web", "demo")
                        .whereLayer("steps")
                        .mayOnlyBeAccessedByLayers("route", "web", "cli", "demo")
                        .whereLayer("state")
                        .mayOnlyBeAccessedByLayers("steps", "route", "web", "cli", "demo")
                        .whereLayer("sql")
                        .mayOnlyBeAccessedByLayers(
                                "state", "steps", "route", "web", "cli", "demo"));
    }

    @Test
    void stepsNeverImportEachOther() {
        for (String step : STEPS) {
            holds(
                    noClasses()
                            .that()
                            .resideInAPackage("io.bactrian." + step + "..")
                            .should()
                            .dependOnClassesThat(
                                    resideInAnyPackage(packages(STEPS))
                                            .and(
                                                    com.tngtech.archunit.base.DescribedPredicate
                                                            .not(
                                                                    resideInAnyPackage(
                                                                            "io.bactrian."
                                                                                    + step
                                                                                    + "..")))));
        }
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching("io.bactrian.(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyDoorsKnowCamel() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(DOORS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.camel.."));
    }

    @Test
    void onlySqlRunsStatements() {
        holds(
                noClasses()
                        .that()
                        // the demo makes its own servers and what is in them
                        .resideOutsideOfPackages(
                                "io.bactrian.sql..", "io.bactrian.demo..", "io.bactrian.testkit..")
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(Statement.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(ResultSet.class)
                        .orShould()
                        .callMethod(Connection.class, "createStatement")
                        .orShould()
                        .callMethod(Connection.class, "prepareStatement", String.class)
                        .orShould()
                        .callMethod(Connection.class, "prepareCall", String.class)
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(
                                DriverManager.class,
                                PreparedStatement.class,
                                CallableStatement.class));
    }

    @Test
    void onlySqlKnowsTheDriverAndThePool() {
        holds(
                noClasses()
                        .that()
                        // the demo connects to servers of its own while others use the driver
                        .resideOutsideOfPackages("io.bactrian.sql..", "io.bactrian.demo..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("com.mysql..", "com.zaxxer.."));
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.bactrian.cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("picocli..", "me.tongfei..", "org.apache.logging.."));
    }

    @Test
    void classesAreFinalRecordsOrMadeToBeExtended() {
        holds(
                classes()
                        .that()
                        .areTopLevelClasses()
                        .and()
                        .areNotInterfaces()
                        .and()
                        .areNotEnums()
                        .should()
                        .haveModifier(JavaModifier.FINAL)
                        .orShould()
                        .haveModifier(JavaModifier.ABSTRACT));
    }

    private static String[] packages(String... names) {
        return java.util.Arrays.stream(names)
                .map(n -> "io.bactrian." + n + "..")
                .toArray(String[]::new);
    }
}
