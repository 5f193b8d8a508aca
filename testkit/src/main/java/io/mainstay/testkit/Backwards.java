package io.mainstay.testkit;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes over a list, and removes from what the list was made of. */
final class Backwards<F, T> implements Iterator<T> {
    private final Iterator<F> elements;
    private final Function<F, T> part;
    private final Consumer<F> remove;
    private @Nullable F last;

    Backwards(List<F> elements, Function<F, T> part, Consumer<F> remove) {
        this.elements = elements.iterator();
        this.part = part;
        this.remove = remove;
    }

    @Override
    public boolean hasNext() {
        return elements.hasNext();
    }

    @Override
    public T next() {
        if (!elements.hasNext()) {
            throw new NoSuchElementException();
        }
        F next = elements.next();
        last = next;
        return part.apply(next);
    }

    @Override
    public void remove() {
        if (last == null) {
            throw new IllegalStateException("nothing to remove");
        }
        remove.accept(last);
        last = null;
    }
}
