package dev.hansa.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theyAreASortedSet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> some = random.ints(40, 0, 50).mapToObj(Integer::toString).collect(Collectors.toList());
        TreeSet<String> expected = new TreeSet<>(some);
        Names names = Names.copyOf(some);

        assertSame(names, expected);
        for (int bound = 0; bound < 60; bound += 7) {
            String from = Integer.toString(bound);
            assertSame(names.headSet(from), expected.headSet(from));
            assertSame(names.tailSet(from), expected.tailSet(from));
            assertSame(names.tailSet(from).headSet("99"), expected.tailSet(from).headSet("99"));
        }
    }

    private static void assertSame(Names names, SortedSet<String> expected) {
        assertThat(names).containsExactlyElementsOf(expected).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(expected).isEqualTo(names);
        assertThat(names.toArray()).containsExactly(expected.toArray());
        assertThat(IntStream.range(0, names.size()).mapToObj(names::get)).containsExactlyElementsOf(expected);
        for (int name = 0; name < 60; name++) {
            String text = Integer.toString(name);
            assertThat(names.contains(text)).isEqualTo(expected.contains(text));
            assertThat(names.indexOf(text))
                    .isEqualTo(expected.contains(text) ? expected.headSet(text).size() : -1);
        }
        if (!expected.isEmpty()) {
            assertThat(names.first()).isEqualTo(expected.first());
            assertThat(names.last()).isEqualTo(expected.last());
        }
    }

    @Test
    void someCanBeTakenByTheirNumbers() {
        Names names = Names.of("d", "a", "c", "b").tailSet("b");

        assertThat(names.at(new int[]{2, 0})).containsExactly("b", "d");
        assertThat(names.at(new int[0])).isEmpty();
        assertThatThrownBy(() -> names.at(new int[]{1, 3})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> names.at(new int[]{1, 0, 1})).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 is there twice");
    }

    @Test
    void someCanBeLeftOut() {
        Names names = Names.of("d", "a", "c", "b");

        assertThat(names.without(Set.of("a", "c", "x"))).containsExactly("b", "d");
        assertThat(names.tailSet("b").without(Set.of("a", "d"))).containsExactly("b", "c");
        assertThat(names.without(names)).isEmpty();
        assertThat(names.without(Set.of("x"))).isSameAs(names);
        assertThat(names.only(name -> name.compareTo("b") > 0)).containsExactly("c", "d");
        assertThat(names.only(name -> true)).isSameAs(names);
    }

    @Test
    void nobodyChangesThemSoNobodyCopiesThem() {
        Names names = Names.of("a", "b");

        assertThat(Names.copyOf(names)).isSameAs(names);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.add("c"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> names.remove("a"));
    }

    @Test
    void whatIsNotThereIsNotGiven() {
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(Names.NONE::first);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(Names.NONE::last);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> Names.NONE.iterator().next());
        assertThatThrownBy(() -> Names.of("a", "b").headSet("b").get(1)).hasMessageContaining("no name 1 of 1");
    }
}
