package dev.sidereal.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The modules stand in rings, and dependencies point inward only. */
class RingsTest {
    private static final List<String> MODULES = List.of(
            "core", "eval", "model", "train", "search", "recommend", "engine", "server", "bench", "cli", "testkit");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sidereal");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName().split("\\.")[2]))
                .containsAll(List.of("core", "model", "train", "cli"));
    }

    @Test
    void coreStandsOnNoOtherModule() {
        uses("core");
    }

    @Test
    void theInnerRingStandsOnCoreAlone() {
        uses("eval", "core");
        uses("model", "core");
        uses("search", "core");
        uses("testkit", "core");
    }

    @Test
    void trainingStandsOnTheModelsAlone() {
        uses("train", "core", "model");
    }

    @Test
    void recommendationStandsOnModelsTrainingAndMeasures() {
        uses("recommend", "core", "eval", "model", "train");
    }

    @Test
    void theEngineJoinsTheInnerRing() {
        uses("engine", "core", "eval", "model", "train", "search", "recommend");
    }

    @Test
    void theServerStandsOnTheEngineAndWhatItJoins() {
        uses("server", "core", "eval", "model", "search", "engine");
    }

    @Test
    void theWebServerStaysInTheServer() {
        only("io.helidon..", "server");
    }

    @Test
    void nothingStandsOnBenchmarksOrTheCommandLine() {
        uses("bench", "core", "eval", "model", "train", "search", "recommend", "engine", "server");
        uses("cli", "core", "eval", "model", "train", "search", "recommend", "engine", "server", "bench");
    }

    @Test
    void luceneStaysInTheIndex() {
        only("org.apache.lucene..", "search", "bench");
    }

    @Test
    void nativeModelRuntimesStayWithTheModels() {
        only("ai.onnxruntime..", "model", "bench");
        only("ai.djl..", "model", "bench");
    }

    @Test
    void incubatingVectorsStayInTheKernels() {
        only("jdk.incubator.vector..", "core.vector", "bench");
    }

    private static void uses(String module, String... allowed) {
        List<String> forbidden = new ArrayList<>(MODULES);
        forbidden.remove(module);
        forbidden.removeAll(List.of(allowed));
        noClasses()
                .that()
                .resideInAPackage("dev.sidereal." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(forbidden))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static void only(String library, String... owners) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages(List.of(owners)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static String[] packages(List<String> modules) {
        return modules.stream().map(module -> "dev.sidereal." + module + "..").toArray(String[]::new);
    }
}
