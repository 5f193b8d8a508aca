package io.mainstay.verification.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.mainstay.api.fixture.KnowsTheLedger;
import io.mainstay.core.fixture.ReadsTheClock;
import io.mainstay.core.fixture.StartsAThread;
import io.mainstay.core.fixture.TellsTheTimeManager;
import io.mainstay.domain.fixture.KnowsTheServer;
import org.junit.jupiter.api.Test;

/** The rules find what they are for: each is held against a class that breaks it. */
class RulesTest {
    @Test
    void findsCoreThatKnowsMoreThanTheJdk() {
        fails(Rules.coreKnowsTheJdkOnly(), "jakarta.jms.Message", StartsAThread.class);
    }

    @Test
    void findsADomainThatKnowsTheServer() {
        fails(Rules.domainsKnowTheCoreOnly(), "io.mainstay.verification", KnowsTheServer.class);
    }

    @Test
    void findsAServerModuleThatKnowsADomain() {
        fails(Rules.serverModuleKnows(Module.WEB_API), "io.mainstay.domain", KnowsTheLedger.class);
    }

    @Test
    void findsClocksThreadsAndChance() {
        fails(Rules.calculatorTouchesNoOutsideWorld(), "Instant.now()", ReadsTheClock.class);
        fails(Rules.calculatorTouchesNoOutsideWorld(), "System.nanoTime()", ReadsTheClock.class);
        fails(Rules.calculatorTouchesNoOutsideWorld(), "UUID.randomUUID()", ReadsTheClock.class);
        fails(Rules.calculatorTouchesNoOutsideWorld(), "java.lang.Thread", StartsAThread.class);
        fails(Rules.calculatorTouchesNoOutsideWorld(), "java.util.Random", StartsAThread.class);
    }

    @Test
    void findsCyclesOfPackages() {
        fails(Rules.packagesHaveNoCycles(), "Cycle detected", KnowsTheServer.class, ReadsTheClock.class);
    }

    @Test
    void findsNamesThatSayNothing() {
        fails(Rules.namesSayWhatItIsFor(), "TellsTheTimeManager", TellsTheTimeManager.class);
    }

    @Test
    void findsPackagesWithoutNullness() {
        fails(Rules.packagesAreNullMarked(), "java.lang.String", String.class);
    }

    private static void fails(ArchRule rule, String naming, Class<?>... wrong) {
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(wrong)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(naming);
    }
}
