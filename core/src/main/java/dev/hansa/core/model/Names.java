package dev.hansa.core.model;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Names in their natural order, each once, such as the ids of clients: a set that nobody changes, and that need not be
 * copied therefore, whose names also have numbers. A million names take the room of an array beside their own.
 */
@SuppressWarnings("JdkObsolete") // what navigable sets can do beside this nobody needs
public final class Names extends AbstractSet<String> implements SortedSet<String> {
    /** No names. */
    public static final Names NONE = new Names(new String[0], 0, 0);

    private final String[] sorted;
    private final int from;
    private final int to;

    private Names(String[] sorted, int from, int to) {
        this.sorted = sorted;
        this.from = from;
        this.to = to;
    }

    /** The names of the collection, which is not copied if they are of this kind. */
    public static Names copyOf(Collection<String> names) {
        if (names instanceof Names same) {
            return same;
        }
        String[] all = names.toArray(new String[0]);
        if (!ascends(all)) {
            Arrays.sort(all);
        }
        return new Names(ascends(all) ? all : Arrays.stream(all).distinct().toArray(String[]::new));
    }

    /** These names. */
    public static Names of(String... names) {
        return copyOf(Arrays.asList(names));
    }

    private static boolean ascends(String[] names) {
        for (int i = 1; i < names.length; i++) {
            if (names[i - 1].compareTo(names[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private Names(String[] sorted) {
        this(sorted, 0, sorted.length);
    }

    /** The name of that number, from 0. */
    public String get(int number) {
        if (number < 0 || number >= size()) {
            throw new IndexOutOfBoundsException("there is no name " + number + " of " + size());
        }
        return sorted[from + number];
    }

    /**
     * The names of these numbers, in whatever order, each once.
     *
     * @throws IndexOutOfBoundsException if one is no number of these
     */
    public Names at(int[] numbers) {
        int[] ascending = numbers.clone();
        Arrays.sort(ascending);
        String[] some = new String[ascending.length];
        for (int i = 0; i < some.length; i++) {
            if (i > 0 && ascending[i] == ascending[i - 1]) {
                throw new IllegalArgumentException("the number " + ascending[i] + " is there twice");
            }
            some[i] = get(ascending[i]);
        }
        return new Names(some);
    }

    /** The number of the name, or less than 0 if it is none of these. */
    public int indexOf(String name) {
        int found = Arrays.binarySearch(sorted, from, to, name);
        return found < 0 ? -1 : found - from;
    }

    /** Without those. */
    public Names without(Set<String> others) {
        if (others.isEmpty()) {
            return this;
        }
        int[] gone = others.stream().mapToInt(this::indexOf).filter(number -> number >= 0).sorted().distinct()
                .toArray();
        if (gone.length == 0) {
            return this;
        }
        String[] rest = new String[size() - gone.length];
        int next = 0;
        for (int i = 0; i < gone.length; i++) {
            System.arraycopy(sorted, from + next, rest, next - i, gone[i] - next);
            next = gone[i] + 1;
        }
        System.arraycopy(sorted, from + next, rest, next - gone.length, size() - next);
        return new Names(rest);
    }

    /** Those of which it is true. */
    public Names only(Predicate<String> condition) {
        String[] some = new String[size()];
        int count = 0;
        for (String name : this) {
            if (condition.test(name)) {
                some[count++] = name;
            }
        }
        return count == some.length ? this : new Names(Arrays.copyOf(some, count));
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public boolean contains(Object name) {
        return name instanceof String text && indexOf(text) >= 0;
    }

    @Override
    public Iterator<String> iterator() {
        return new Iterator<>() {
            private int next = from;

            @Override
            public boolean hasNext() {
                return next < to;
            }

            @Override
            public String next() {
                if (next == to) {
                    throw new NoSuchElementException();
                }
                return sorted[next++];
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Names that
                ? asList().equals(that.asList())
                : super.equals(other));
    }

    private List<String> asList() {
        return Arrays.asList(sorted).subList(from, to);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOfRange(sorted, from, to, Object[].class);
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public Names subSet(String first, String end) {
        return between(place(first), place(end));
    }

    @Override
    public Names headSet(String end) {
        return between(from, place(end));
    }

    @Override
    public Names tailSet(String first) {
        return between(place(first), to);
    }

    /** Of the first name that is not less. */
    private int place(String name) {
        int found = Arrays.binarySearch(sorted, from, to, name);
        return found < 0 ? -found - 1 : found;
    }

    private Names between(int first, int end) {
        if (first > end) {
            throw new IllegalArgumentException("the first name is greater than the end");
        }
        return new Names(sorted, first, end);
    }

    @Override
    public String first() {
        return at(from);
    }

    @Override
    public String last() {
        return at(to - 1);
    }

    private String at(int place) {
        if (isEmpty()) {
            throw new NoSuchElementException("there are no names");
        }
        return sorted[place];
    }
}
