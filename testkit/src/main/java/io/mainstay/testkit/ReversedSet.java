package io.mainstay.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;

/** A hash set that is iterated the other way round, as some other hash set with the same elements may be. */
final class ReversedSet<T> extends HashSet<T> {
    private static final long serialVersionUID = 1L;

    ReversedSet(Collection<T> elements) {
        super(elements);
    }

    @Override
    public Iterator<T> iterator() {
        List<T> elements = elements();
        return new Backwards<>(elements, element -> element, this::remove);
    }

    @Override
    public Spliterator<T> spliterator() {
        return Spliterators.spliterator(elements(), Spliterator.DISTINCT);
    }

    @Override
    public Object[] toArray() {
        return elements().toArray();
    }

    @Override
    public <A> A[] toArray(A[] array) {
        return elements().toArray(array);
    }

    private List<T> elements() {
        List<T> elements = new ArrayList<>(size());
        super.iterator().forEachRemaining(elements::add);
        Collections.reverse(elements);
        return elements;
    }
}
