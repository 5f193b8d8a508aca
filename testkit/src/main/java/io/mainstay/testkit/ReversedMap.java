package io.mainstay.testkit;

import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A hash map that is iterated the other way round, as some other hash map with the same entries may be. */
final class ReversedMap<K, V> extends HashMap<K, V> {
    private static final long serialVersionUID = 1L;

    ReversedMap(Map<K, V> entries) {
        super(entries);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                return backwards(entry -> entry);
            }

            @Override
            public int size() {
                return ReversedMap.this.size();
            }
        };
    }

    @Override
    public Set<K> keySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<K> iterator() {
                return backwards(Map.Entry::getKey);
            }

            @Override
            public int size() {
                return ReversedMap.this.size();
            }

            @Override
            public boolean contains(@Nullable Object key) {
                return containsKey(key);
            }
        };
    }

    @Override
    public Collection<V> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<V> iterator() {
                return backwards(Map.Entry::getValue);
            }

            @Override
            public int size() {
                return ReversedMap.this.size();
            }
        };
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        entrySet().forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        entrySet().forEach(entry -> entry.setValue(function.apply(entry.getKey(), entry.getValue())));
    }

    private <T> Iterator<T> backwards(Function<Map.Entry<K, V>, T> part) {
        List<Map.Entry<K, V>> entries = new ArrayList<>(super.entrySet());
        Collections.reverse(entries);
        return new Backwards<>(entries, entry -> part.apply(entry), entry -> remove(entry.getKey()));
    }
}
