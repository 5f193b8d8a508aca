package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.targets.ProjectionTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** The projection's targets: those that Mainstay brings along, and those that the application adds. */
final class Targets {
    private Targets() {}

    /**
     * Those that are on; {@link IllegalArgumentException} if a name belongs to none or to two.
     *
     * @param loader where the application's own are found
     */
    static List<ProjectionTarget> load(ClassLoader loader, Domains domains, Set<String> on) {
        List<ProjectionTarget> all = new ArrayList<>(List.of(new SqlTarget(domains), new EventsTarget()));
        ServiceLoader.load(ProjectionTarget.class, loader).forEach(all::add);
        Map<String, ProjectionTarget> byName = new LinkedHashMap<>();
        for (ProjectionTarget target : all) {
            if (byName.put(target.name(), target) != null) {
                throw new IllegalArgumentException("two projection targets are named " + target.name());
            }
        }
        if (!byName.keySet().containsAll(on)) {
            throw new IllegalArgumentException(
                    "mainstay.projection.targets is '%s', but the targets are %s".formatted(on, byName.keySet()));
        }
        byName.keySet().retainAll(on);
        return List.copyOf(byName.values());
    }
}
