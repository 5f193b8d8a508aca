package io.mainstay.testkit;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the hash tables within a state around: each {@link HashMap} and {@link HashSet} gives way to one that holds the same
 * and is iterated the other way round. One that its holder does not let go of is filled anew in the opposite order.
 */
final class HashTables {
    /** Makes a table large enough for its elements to be in other places than before. */
    private static final int STRANGERS = 1 << 12;

    /** Others that are iterated in no order of their own; they are filled anew. */
    private static final Set<Class<?>> UNORDERED =
            Set.of(HashMap.class, ConcurrentHashMap.class, IdentityHashMap.class, WeakHashMap.class);

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> ahead = new ArrayDeque<>();
    private final IdentityHashMap<Object, Object> turned = new IdentityHashMap<>();

    private HashTables() {}

    /** Turns all that can be reached from the state; returns how many. */
    static int turn(Object state) {
        HashTables tables = new HashTables();
        tables.reach(state);
        while (!tables.ahead.isEmpty()) {
            tables.visit(tables.ahead.remove());
        }
        return tables.turned.size();
    }

    private void reach(@Nullable Object object) {
        if (object != null && seen.add(object)) {
            ahead.add(object);
        }
    }

    private void visit(Object object) {
        switch (object) {
            case Object[] array -> {
                for (int index = 0; index < array.length; index++) {
                    if (array[index] != null) {
                        array[index] = turned(array[index]);
                        reach(array[index]);
                    }
                }
            }
            case Map<?, ?> map -> visitMap(map);
            case Collection<?> collection -> visitCollection(collection);
            default -> visitFields(object);
        }
    }

    @SuppressWarnings("unchecked")
    private void visitMap(Map<?, ?> map) {
        if (UNORDERED.contains(map.getClass())) {
            refill((Map<Object, Object>) map);
        }
        for (Map.Entry<?, ?> entry : List.copyOf(map.entrySet())) {
            reach(entry.getKey());
            if (isTable(entry.getValue())) {
                ((Map<Object, Object>) map).replace(entry.getKey(), turned(entry.getValue()));
            }
            reach(map.get(entry.getKey()));
        }
    }

    @SuppressWarnings("unchecked")
    private void visitCollection(Collection<?> collection) {
        if (collection.getClass() == HashSet.class) {
            refill((Collection<Object>) collection);
        }
        if (collection.getClass() == ArrayList.class) {
            ((List<Object>) collection).replaceAll(this::turned);
        }
        collection.forEach(this::reach);
    }

    private void visitFields(Object object) {
        for (Class<?> type = object.getClass(); type != null && !isOfTheJdk(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    visitField(object, field);
                }
            }
        }
    }

    private void visitField(Object object, Field field) {
        Object value;
        try {
            field.setAccessible(true);
            value = field.get(object);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw new IllegalStateException(
                    "the test kit cannot look into %s: open its package to io.mainstay.testkit".formatted(field), e);
        }
        reach(value == null ? null : replaced(object, field, value));
    }

    /** What the field holds from now on: a record keeps what it has. */
    private Object replaced(Object object, Field field, Object value) {
        if (!isTable(value)) {
            return value;
        }
        Object other = turned(value);
        try {
            field.set(object, other);
            return other;
        } catch (IllegalAccessException unchangeable) {
            return value;
        }
    }

    private static boolean isTable(Object value) {
        return value.getClass() == HashMap.class || value.getClass() == HashSet.class;
    }

    /** The table turned around, the same one wherever it is met; the object itself if it is no table. */
    private Object turned(Object value) {
        if (!isTable(value)) {
            return value;
        }
        return turned.computeIfAbsent(
                value,
                fresh -> value instanceof HashMap<?, ?> map
                        ? new ReversedMap<>(map)
                        : new ReversedSet<>((HashSet<?>) value));
    }

    private void refill(Map<Object, Object> map) {
        turned.put(map, map);
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(Map.entry(key, value)));
        Collections.reverse(entries);
        map.clear();
        for (int left = STRANGERS; left > 0; left--) {
            map.put(new Object(), left);
        }
        map.clear();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    }

    private void refill(Collection<Object> set) {
        turned.put(set, set);
        List<Object> elements = new ArrayList<>(set);
        Collections.reverse(elements);
        set.clear();
        for (int left = STRANGERS; left > 0; left--) {
            set.add(new Object());
        }
        set.clear();
        set.addAll(elements);
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader().equals(ClassLoader.getPlatformClassLoader());
    }
}
