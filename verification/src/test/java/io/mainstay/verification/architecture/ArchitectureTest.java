package io.mainstay.verification.architecture;

import static io.mainstay.verification.architecture.Rules.mayKnow;
import static io.mainstay.verification.architecture.Rules.serverModuleKnows;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The map of who may know whom. Think before editing it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private JavaClasses all;

    @BeforeAll
    void readClasses() {
        all = Module.all();
    }

    @Test
    void coreKnowsTheJdkOnly() {
        Rules.coreKnowsTheJdkOnly().check(all);
    }

    @Test
    void domainsKnowTheCoreOnly() {
        Rules.domainsKnowTheCoreOnly().check(all);
    }

    @Test
    void inventoryKnowsTheLedgersCommandsOnly() {
        Rules.inventoryKnowsTheLedgersCommandsOnly().check(all);
    }

    @Test
    void nobodyKnowsTheInventory() {
        Rules.nobodyKnowsTheInventory().check(all);
    }

    @Test
    void testKitKnowsTheCoreAndBytecode() {
        mayKnow(Module.TESTKIT, List.of(Module.ENGINE_CORE), "java..", "org.jspecify..", "com.tngtech.archunit..")
                .check(all);
    }

    @Test
    void logCodecsKnowTheCoreJsonAndZstd() {
        mayKnow(
                        Module.LOG_CODECS,
                        List.of(Module.ENGINE_CORE),
                        "java..",
                        "org.jspecify..",
                        "jakarta.json..",
                        "com.github.luben.zstd..")
                .check(all);
    }

    @Test
    void engineHostKnowsCoreAndJakarta() {
        serverModuleKnows(Module.EJB_ENGINE, "org.jctools..", "com.github.luben.zstd..")
                .check(all);
    }

    @Test
    void projectorKnowsCoreJakartaAndTheDatabase() {
        serverModuleKnows(Module.JMS_PROJECTOR, "org.eclipse.persistence..", "liquibase..", "org.postgresql..")
                .check(all);
    }

    @Test
    void apiKnowsCoreJakartaAndTheCache() {
        serverModuleKnows(Module.WEB_API, "com.github.benmanes.caffeine..").check(all);
    }

    @Test
    void resourceAdapterKnowsTheBrokerAndNoneOfUs() {
        mayKnow(Module.ARTEMIS_RA, List.of(), "java..", "javax..", "jakarta..", "org.jspecify..", "org.apache..")
                .check(all);
    }

    @Test
    void launcherKnowsProcessesAndNoneOfUs() {
        mayKnow(Module.LAUNCHER, List.of(), "java..", "org.jspecify..", "picocli..", "org.postgresql..", "io.zonky..")
                .check(all);
    }

    @Test
    void clientKnowsHttpAndNoneOfUs() {
        mayKnow(Module.CLIENT, List.of(), "java..", "org.jspecify..", "jakarta.json..", "picocli..")
                .check(all);
    }

    @Test
    void calculatorTouchesNoOutsideWorld() {
        Rules.calculatorTouchesNoOutsideWorld().check(all);
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void packagesHaveNoCycles(Module module) {
        Rules.packagesHaveNoCycles().allowEmptyShould(true).check(module.classes());
    }

    @Test
    void namesSayWhatItIsFor() {
        Rules.namesSayWhatItIsFor().check(all);
    }

    @Test
    void packagesAreNullMarked() {
        Rules.packagesAreNullMarked().check(all);
    }
}
