package io.mainstay.api;

import io.mainstay.core.domain.Personal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes commands and events of any domain as JSON: their type, then their components. What is {@link Personal} is masked.
 */
final class RecordWriter {
    static final String MASK = "***";

    private RecordWriter() {}

    /** A member with a value; null for an empty {@code Optional}. */
    static void member(String name, @Nullable Object value, JsonText json) {
        switch (value) {
            case null -> json.text(name, null);
            case Optional<?> optional -> member(name, optional.orElse(null), json);
            case Long number -> json.number(name, number);
            case Integer number -> json.number(name, number);
            case Boolean truth -> json.truth(name, truth);
            case List<?> list -> {
                json.array(name);
                list.forEach(each -> element(each, json));
                json.endArray();
            }
            case Record told -> {
                json.object(name);
                components(told, json);
            }
            default -> json.text(name, value);
        }
    }

    /** An element of a list. */
    static void element(Object value, JsonText json) {
        if (value instanceof Record told) {
            components(told, json.object());
        } else {
            json.text(value);
        }
    }

    private static void components(Record told, JsonText json) {
        json.text("type", told.getClass().getSimpleName());
        for (RecordComponent component : told.getClass().getRecordComponents()) {
            if (component.isAnnotationPresent(Personal.class)) {
                json.text(component.getName(), MASK);
            } else {
                member(component.getName(), value(component, told), json);
            }
        }
        json.end();
    }

    private static @Nullable Object value(RecordComponent component, Record told) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(told);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("no value of " + component + " in " + told.getClass(), e);
        }
    }
}
