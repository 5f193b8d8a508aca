package io.mainstay.core.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of one object, each with a number of its own, in the order in which they are checked. */
public final class Fields {
    /** No field has the name. */
    public static final int NONE = -1;

    public static final Fields EMPTY = of();

    private final List<Field<?>> all;
    private final Map<String, Integer> byName = new HashMap<>();

    private Fields(List<Field<?>> all) {
        this.all = all;
        for (int index = 0; index < all.size(); index++) {
            if (byName.put(all.get(index).name(), index) != null) {
                throw new IllegalArgumentException("two fields named " + all.get(index));
            }
        }
    }

    public static Fields of(Field<?>... fields) {
        return new Fields(List.of(fields));
    }

    public List<Field<?>> all() {
        return all;
    }

    public int size() {
        return all.size();
    }

    public Field<?> at(int index) {
        return all.get(index);
    }

    /** The number of the field with a name, from 0, or {@link #NONE}. */
    public int indexOf(String name) {
        return byName.getOrDefault(name, NONE);
    }

    /** Hot: a loop over a few references is faster than a map. */
    int indexOf(Field<?> field) {
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index) == field) {
                return index;
            }
        }
        return NONE;
    }
}
