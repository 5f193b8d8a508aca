package io.mainstay.verification.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.mainstay.domain.ledger.FarLeg;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.testkit.OutsideWorld;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The rules, each with its reason. */
final class Rules {
    private static final String[] JDK = {"java..", "org.jspecify.."};
    private static final String[] PLATFORM = {
        "java..", "javax.sql..", "javax.naming..", "org.jspecify..", "jakarta..", "org.eclipse.microprofile.."
    };

    private static final String LEDGER = "io.mainstay.domain.ledger..";
    private static final String INVENTORY = "io.mainstay.domain.inventory..";

    private Rules() {}

    /** A module may know itself, these modules and these packages, and nothing else. */
    static ArchRule mayKnow(Module module, List<Module> modules, String... packages) {
        List<String> allowed = new ArrayList<>(List.of(packages));
        allowed.add(module.packages());
        modules.forEach(known -> allowed.add(known.packages()));
        return classes()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))
                        .or(DescribedPredicate.describe("arrays of primitives", Rules::isPrimitiveArray)))
                .as(module.directory() + " knows only itself, " + modules + " and " + List.of(packages));
    }

    static ArchRule coreKnowsTheJdkOnly() {
        return mayKnow(Module.ENGINE_CORE, List.of(), JDK);
    }

    static ArchRule domainsKnowTheCoreOnly() {
        return mayKnow(Module.DOMAINS, List.of(Module.ENGINE_CORE), JDK);
    }

    /** Of the ledger, the inventory knows the orders that it gives, and what these consist of. */
    static ArchRule inventoryKnowsTheLedgersCommandsOnly() {
        return noClasses()
                .that()
                .resideInAPackage(INVENTORY)
                .should()
                .dependOnClassesThat(resideInAnyPackage(LEDGER)
                        .and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(LedgerCommand.class)))
                        .and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(Leg.class, FarLeg.class))))
                .as("of the ledger, the inventory knows commands and their legs");
    }

    /** The ledger is older: nothing of the inventory had to be known to it, nor to any other module. */
    static ArchRule nobodyKnowsTheInventory() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(INVENTORY)
                .should()
                .dependOnClassesThat(resideInAnyPackage(INVENTORY))
                .as("no class outside of the inventory knows it");
    }

    /** A module that runs in the server and knows no domain; further packages are the technology that it adapts. */
    static ArchRule serverModuleKnows(Module module, String... technology) {
        List<String> packages = new ArrayList<>(List.of(PLATFORM));
        packages.addAll(List.of(technology));
        return mayKnow(module, List.of(Module.ENGINE_CORE), packages.toArray(String[]::new));
    }

    /** Replay has to give the same state again, so nothing may come in but by arguments and ports. */
    static ArchRule calculatorTouchesNoOutsideWorld() {
        return noClasses()
                .that()
                .resideInAnyPackage(Module.ENGINE_CORE.packages(), Module.DOMAINS.packages())
                .should(OutsideWorld.touched())
                .as("engine-core and domains have no clock, chance, thread, file, network or log");
    }

    static ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new EachPackage()).should().beFreeOfCycles();
    }

    /** Such a name says what shape a class has, not what it is for. */
    static ArchRule namesSayWhatItIsFor() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Data")
                .as("names say what a class is for");
    }

    static ArchRule packagesAreNullMarked() {
        return classes()
                .should()
                .resideInAPackage("io.mainstay..")
                .andShould(com.tngtech.archunit.lang.conditions.ArchConditions.be(DescribedPredicate.describe(
                        "in a @NullMarked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class))));
    }

    private static boolean isPrimitiveArray(JavaClass type) {
        return type.getBaseComponentType().isPrimitive();
    }

    /** Every package is a slice of its own. */
    private static final class EachPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    }
}
