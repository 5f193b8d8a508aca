package io.mainstay.core.route;

import java.util.List;
import java.util.UUID;

/** Where a command is decided. */
public sealed interface Route {
    /** A new aggregate: on the shard that the hash of the key names, unless its id is known elsewhere. */
    record Creating(String key, UUID aggregate) implements Route {}

    /** Existing aggregates, the first one leading: on the shard that holds them. */
    record Existing(List<UUID> aggregates) implements Route {
        public Existing {
            aggregates = List.copyOf(aggregates);
            if (aggregates.isEmpty()) {
                throw new IllegalArgumentException("a route needs at least one aggregate");
            }
        }
    }

    /**
     * Existing aggregates wherever they live, the first one leading: on the shard that holds it, which is told where the
     * others are.
     */
    record Spanning(List<UUID> aggregates) implements Route {
        public Spanning {
            aggregates = List.copyOf(aggregates);
            if (aggregates.isEmpty()) {
                throw new IllegalArgumentException("a route needs at least one aggregate");
            }
        }
    }

    /**
     * An existing aggregate that its shard does not announce, because there are too many of its kind: every shard is asked
     * whether it holds it.
     */
    record Unlisted(UUID aggregate) implements Route {}

    /** Several commands of one shard; what one creates, the ones behind it may name. */
    record Several(List<Route> routes) implements Route {
        public Several {
            routes = List.copyOf(routes);
            if (routes.isEmpty()) {
                throw new IllegalArgumentException("a route needs at least one command");
            }
        }
    }

    /** The aggregate whose version the answer states. */
    default UUID leading() {
        return switch (this) {
            case Creating(var key, var aggregate) -> aggregate;
            case Existing(var aggregates) -> aggregates.get(0);
            case Spanning(var aggregates) -> aggregates.get(0);
            case Unlisted(var aggregate) -> aggregate;
            case Several(var routes) -> routes.get(0).leading();
        };
    }
}
