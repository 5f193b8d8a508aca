package io.mainstay.verification.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A module of the source tree, and the package that its classes live under. */
enum Module {
    ENGINE_CORE("engine-core", "io.mainstay.core"),
    TESTKIT("testkit", "io.mainstay.testkit"),
    DOMAINS("domains", "io.mainstay.domain"),
    LOG_CODECS("log-codecs", "io.mainstay.codec"),
    EJB_ENGINE("ejb-engine", "io.mainstay.engine"),
    JMS_PROJECTOR("jms-projector", "io.mainstay.projector"),
    WEB_API("web-api", "io.mainstay.api"),
    ARTEMIS_RA("artemis-ra", "io.mainstay.broker"),
    LAUNCHER("launcher", "io.mainstay.launcher"),
    CLIENT("client", "io.mainstay.client"),
    VERIFICATION("verification", "io.mainstay.verification");

    private final String directory;
    private final String root;

    Module(String directory, String root) {
        this.directory = directory;
        this.root = root;
    }

    /** The module's packages as ArchUnit writes them. */
    String packages() {
        return root + "..";
    }

    String directory() {
        return directory;
    }

    JavaClasses classes() {
        return importer().importPath(compiled());
    }

    static JavaClasses all() {
        return importer()
                .importPaths(Arrays.stream(values()).map(Module::compiled).toList());
    }

    /** Without what the benchmarks' annotation processor has written. */
    private static ClassFileImporter importer() {
        return new ClassFileImporter().withImportOption(location -> !location.contains("/jmh_generated/"));
    }

    private Path compiled() {
        Path classes = Path.of("..", directory, "target", "classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException("module " + directory + " is not compiled: no " + classes);
        }
        return classes;
    }
}
