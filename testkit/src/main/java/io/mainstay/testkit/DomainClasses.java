package io.mainstay.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import io.mainstay.core.domain.Domain;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bytecode of a domain: the classes that it reaches from its descriptor, its state and its commands, as far as they come
 * from where these come from. Libraries are not looked into.
 */
final class DomainClasses {
    private static final ClassValue<Optional<String>> TOUCHES = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return touches(type);
        }
    };

    private DomainClasses() {}

    /** What of the outside world the domain touches, line by line; empty if nothing. */
    static Optional<String> touches(Domain<?, ?, ?> domain) {
        return TOUCHES.get(domain.getClass());
    }

    /** Where the domain's class was loaded from. */
    static URL sourceOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalArgumentException("nobody knows where " + type.getName() + " was loaded from");
        }
        return source.getLocation();
    }

    private static Optional<String> touches(Class<?> type) {
        Set<Class<?>> roots = roots(Instances.ofDomain(type));
        Set<URL> sources = roots.stream()
                .filter(root -> root.getProtectionDomain().getCodeSource() != null)
                .map(DomainClasses::sourceOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        JavaClasses all = new ClassFileImporter().importUrls(sources);
        Set<String> reached = reached(roots, all);
        if (!reached.contains(type.getName())) {
            throw new IllegalStateException("class %s could not be read from %s: is it compiled for a newer Java?"
                    .formatted(type.getName(), sources));
        }
        EvaluationResult result = noClasses()
                .should(OutsideWorld.touched())
                .evaluate(all.that(DescribedPredicate.describe(
                        "are the domain's", imported -> reached.contains(imported.getName()))));
        return result.hasViolation()
                ? Optional.of(String.join("\n  ", result.getFailureReport().getDetails()))
                : Optional.empty();
    }

    private static Set<Class<?>> roots(Domain<?, ?, ?> domain) {
        Set<Class<?>> roots = new LinkedHashSet<>();
        roots.add(domain.getClass());
        roots.add(domain.stateMachine().getClass());
        roots.add(domain.stateMachine().emptyState().getClass());
        roots.add(domain.commands().getClass());
        roots.add(domain.events().getClass());
        roots.add(domain.states().getClass());
        addPermitted(domain.commandType(), roots);
        return roots;
    }

    private static void addPermitted(Class<?> type, Set<Class<?>> roots) {
        roots.add(type);
        if (type.getPermittedSubclasses() != null) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                addPermitted(permitted, roots);
            }
        }
    }

    private static Set<String> reached(Set<Class<?>> roots, JavaClasses all) {
        Set<String> reached = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>();
        roots.forEach(root -> ahead.add(root.getName()));
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            if (all.contain(name) && reached.add(name)) {
                all.get(name)
                        .getDirectDependenciesFromSelf()
                        .forEach(known -> ahead.add(
                                known.getTargetClass().getBaseComponentType().getName()));
            }
        }
        return reached;
    }
}
