package io.mainstay.testkit;

import io.mainstay.core.domain.Domain;
import java.lang.reflect.Constructor;

/** Makes a domain as the engine does: by its constructor without arguments. */
final class Instances {
    private Instances() {}

    static Domain<?, ?, ?> ofDomain(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Domain<?, ?, ?>) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "domain " + type.getName()
                            + " cannot be made by a constructor without arguments, as the ServiceLoader makes it: " + e,
                    e);
        }
    }
}
