package io.mainstay.projector;

import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Personal;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of any domain as text: the type, then the components of the record. What is {@link Personal} is masked. */
final class EventText {
    private static final String MASK = "***";
    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());

    /** Reflection asks each time anew. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            List<Component> components = new ArrayList<>();
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    component.getAccessor().setAccessible(true);
                    components.add(new Component(
                            component.getName(),
                            component.getAccessor(),
                            component.isAnnotationPresent(Personal.class)));
                }
            }
            return List.copyOf(components);
        }
    };

    private EventText() {}

    /** An object with the event's type and components; identifiers, numbers beyond JSON and times as their texts. */
    static String json(Event event) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject();
            components(event, json);
        }
        return text.toString();
    }

    /** The aggregate that the event has made, or the first that it names and changes; null if there is none. */
    static @Nullable UUID aggregate(Event event) {
        UUID created = event.created();
        if (created != null) {
            return created;
        }
        for (Component component : COMPONENTS.get(event.getClass())) {
            if (component.accessor().getReturnType() == UUID.class) {
                UUID named = (UUID) component.of(event);
                if (named != null && event.changes(named)) {
                    return named;
                }
            }
        }
        return null;
    }

    /** The aggregates that the event makes or changes; if it tells none, all that it names. */
    static Set<UUID> aggregates(Event event) {
        Set<UUID> named = new LinkedHashSet<>();
        UUID created = event.created();
        if (created != null) {
            named.add(created);
        }
        name(event, named);
        Set<UUID> changed = new LinkedHashSet<>(named);
        changed.removeIf(aggregate -> !event.changes(aggregate));
        return changed.isEmpty() ? named : changed;
    }

    private static void name(@Nullable Object value, Set<UUID> named) {
        switch (value) {
            case UUID id -> named.add(id);
            case Optional<?> optional -> name(optional.orElse(null), named);
            case List<?> list -> list.forEach(each -> name(each, named));
            case Record told -> COMPONENTS.get(told.getClass()).forEach(component -> name(component.of(told), named));
            case null, default -> {}
        }
    }

    private static void components(Object told, JsonGenerator json) {
        json.write("type", told.getClass().getSimpleName());
        for (Component component : COMPONENTS.get(told.getClass())) {
            json.writeKey(component.name());
            value(component.personal() ? MASK : component.of(told), json);
        }
        json.writeEnd();
    }

    private static void value(@Nullable Object value, JsonGenerator json) {
        switch (value) {
            case null -> json.writeNull();
            case Optional<?> optional -> value(optional.orElse(null), json);
            case Long number -> json.write(number);
            case Integer number -> json.write(number);
            case Boolean truth -> json.write(truth);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(each -> value(each, json));
                json.writeEnd();
            }
            case Record told -> {
                json.writeStartObject();
                components(told, json);
            }
            default -> json.write(value.toString());
        }
    }

    private record Component(String name, Method accessor, boolean personal) {
        @Nullable
        Object of(Object told) {
            try {
                return accessor.invoke(told);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("no value of " + name + " in " + told.getClass(), e);
            }
        }
    }
}
