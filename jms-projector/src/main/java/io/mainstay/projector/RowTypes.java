package io.mainstay.projector;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Table;
import io.mainstay.core.targets.ProjectionTarget;
import jakarta.persistence.EntityManager;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.persistence.config.CacheIsolationType;
import org.eclipse.persistence.dynamic.DynamicClassLoader;
import org.eclipse.persistence.dynamic.DynamicHelper;
import org.eclipse.persistence.dynamic.DynamicType;
import org.eclipse.persistence.jpa.dynamic.JPADynamicTypeBuilder;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DirectToFieldMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * The targets' tables as types of entities, which the persistence provider makes at run time.
 *
 * <p>Made when the database is first there, because the provider asks it before it gives its session away. Used by several
 * threads.
 */
final class RowTypes {
    private static final String PACKAGE = "io.mainstay.projector.rows.";

    private final List<Table> tables;
    private volatile @Nullable Map<String, DynamicType> types;

    /** For the tables of these targets; {@link IllegalArgumentException} if one is there twice. */
    RowTypes(List<? extends ProjectionTarget> targets) {
        this.tables =
                targets.stream().flatMap(target -> target.tables().stream()).toList();
        if (tables.stream().map(Table::name).distinct().count() < tables.size()) {
            throw new IllegalArgumentException("two domains or targets have tables of one name: " + tables);
        }
    }

    /** Makes them, if nobody has yet, in the session that the entity manager belongs to. */
    synchronized void make(EntityManager entities) {
        if (!areMade()) {
            types = add(entities.unwrap(ServerSession.class));
        }
    }

    /** Each behind those that its rows refer to. */
    List<Table> tables() {
        return tables;
    }

    boolean areMade() {
        return types != null;
    }

    /** The type of each table by its name; {@link IllegalStateException} if they are not made. */
    Map<String, DynamicType> all() {
        Map<String, DynamicType> made = types;
        if (made == null) {
            throw new IllegalStateException("rows before their types are made");
        }
        return made;
    }

    private Map<String, DynamicType> add(ServerSession current) {
        DynamicClassLoader loader = DynamicClassLoader.lookup(current);
        List<DynamicType> inOrder = new ArrayList<>();
        Map<String, DynamicType> byName = new HashMap<>();
        for (Table table : tables) {
            DynamicType type = type(table, loader);
            // Without it rows would be inserted before those that they refer to.
            inOrder.forEach(before -> type.getDescriptor().addConstraintDependency(before.getJavaClass()));
            inOrder.add(type);
            byName.put(table.name(), type);
        }
        new DynamicHelper(current).addTypes(false, false, inOrder.toArray(DynamicType[]::new));
        return byName;
    }

    private static DynamicType type(Table table, DynamicClassLoader loader) {
        JPADynamicTypeBuilder builder =
                new JPADynamicTypeBuilder(loader.createDynamicClass(PACKAGE + table.name()), null, table.name());
        builder.setPrimaryKeyFields(table.key().stream().map(Column::name).toArray(String[]::new));
        for (Column<?> column : table.columns()) {
            DirectToFieldMapping mapping =
                    builder.addDirectMapping(column.name(), column.type().type(), column.name());
            if (column.type().equals(ColumnType.UUID)) {
                // Otherwise the provider sends a null as text, which PostgreSQL does not take for a uuid.
                mapping.getField().setSqlType(Types.OTHER);
            }
            if (column.type().equals(ColumnType.TIMESTAMP)) {
                mapping.setFieldClassification(Timestamp.class);
                mapping.setConverter(new Times());
            }
        }
        DynamicType type = builder.getType();
        type.getDescriptor().getCachePolicy().setCacheIsolation(CacheIsolationType.ISOLATED);
        return type;
    }

    /** As {@link InstantColumn} does for the entities that have classes. */
    private static final class Times implements Converter {
        private static final long serialVersionUID = 1L;
        private static final InstantColumn COLUMN = new InstantColumn();

        @Override
        public @Nullable Object convertObjectValueToDataValue(@Nullable Object value, Session session) {
            return COLUMN.convertToDatabaseColumn((Instant) value);
        }

        @Override
        public @Nullable Object convertDataValueToObjectValue(@Nullable Object value, Session session) {
            return COLUMN.convertToEntityAttribute((Timestamp) value);
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public void initialize(DatabaseMapping mapping, Session session) {}
    }
}
