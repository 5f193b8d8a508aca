package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.targets.ToldEvent;
import java.util.List;

/** The domains' own tables, as their projections describe them: what the API reads. */
final class SqlTarget implements ProjectionTarget {
    static final String NAME = "sql";

    private final List<Table> tables;
    private final List<String> changelogs;

    SqlTarget(Domains domains) {
        tables = domains.all().stream()
                .flatMap(domain -> domain.projection().tables().stream())
                .toList();
        changelogs = domains.all().stream()
                .flatMap(domain -> domain.projection().changelogs().stream())
                .toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Table> tables() {
        return tables;
    }

    @Override
    public List<String> changelogs() {
        return changelogs;
    }

    @Override
    public void project(ToldEvent<?> event, RowChanges rows) {
        event.project(rows);
    }
}
