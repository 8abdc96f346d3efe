package dev.sidereal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidereal.core.Acl;
import dev.sidereal.core.AclMode;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.filter.FilterMatcher;
import dev.sidereal.core.filter.FilterSyntax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Retriever} promises. A test class extends this one and says how to open its engine; JUnit runs the
 * inherited tests. Requests are drawn from a fixed seed, so that a failure repeats.
 */
public abstract class RetrieverContract {
    private static final int CASES = 60;
    private static final int ALL = 10_000;
    private static final double TOLERANCE = 1e-6;
    private static final List<Item> ITEMS = RandomCorpus.items(120, 7);
    private static final List<Principal> READERS = List.of(
            Principal.anyone(),
            Principal.system(),
            Principal.user("stranger"),
            Principal.user("ann"),
            Principal.user("bob", "staff"),
            Principal.user("cleo", "staff", "board"));

    /** What some engines cannot do; see {@link #lacks}. */
    protected enum Ability {
        /** Honours {@link SearchRequest#filter}. */
        FILTERS,
        /** Scores of readable items do not depend on items that the principal may not read. */
        SCORES_BLIND_TO_HIDDEN_ITEMS
    }

    /**
     * Opens the engine over items; one that is {@link AutoCloseable} is closed after the test.
     *
     * @param items with distinct ids, possibly none
     */
    protected abstract Retriever open(List<Item> items, AclMode mode) throws Exception;

    /** {@return what this engine cannot do; tests of it are skipped or weakened} */
    protected Set<Ability> lacks() {
        return EnumSet.noneOf(Ability.class);
    }

    /**
     * The oracle: whether the engine gives this item a score at all, rights and filter aside. Every item by default, as
     * in dense retrieval; a lexical engine says whether the item contains a word of the query.
     */
    protected boolean finds(String query, Item item) {
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void givesKReadableItemsThatTheFilterAdmitsBestFirst(AclMode mode) throws Exception {
        List<SearchRequest> requests = requests(!lacks().contains(Ability.FILTERS));
        with(ITEMS, mode, retriever -> {
            for (SearchRequest request : requests) {
                checkAnswer(retriever.retrieve(request), request, ITEMS, mode);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void givesEveryPrincipalAllItMayReadAndNothingElse(AclMode mode) throws Exception {
        with(TinyCorpus.items(), mode, retriever -> {
            for (Principal principal : READERS) {
                SearchRequest request = SearchRequest.of("bridge music garden", ALL, principal);
                checkAnswer(retriever.retrieve(request), request, TinyCorpus.items(), mode);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void answersAsIfHiddenItemsDidNotExist(AclMode mode) throws Exception {
        boolean sameScores = !lacks().contains(Ability.SCORES_BLIND_TO_HIDDEN_ITEMS);
        Random random = new Random(11);
        for (Principal principal : READERS) {
            List<Item> readable = ITEMS.stream()
                    .filter(item -> principal.mayRead(item.acl(), mode))
                    .toList();
            SearchRequest request = SearchRequest.of(RandomCorpus.query(random), sameScores ? 10 : ALL, principal);
            List<Hit> full = answer(ITEMS, mode, request);
            List<Hit> alone = answer(readable, mode, request);
            if (sameScores) {
                assertSameAnswer(full, alone, request);
            } else {
                assertThat(ids(full)).as(show(request)).hasSameElementsAs(ids(alone));
            }
        }
    }

    @Test
    void breaksTiesByIdWhateverTheOrderOfArrival() throws Exception {
        Item original = Item.of("x", "A lighthouse", "The lighthouse keeper lights the lamp at dusk.");
        List<Item> twins = new ArrayList<>();
        for (String id : List.of("m", "a", "z", "Z", "b10", "b9")) {
            twins.add(new Item(id, original.title(), original.text(), List.of(), original.fields(), Acl.unstated()));
        }
        SearchRequest request = SearchRequest.of("lighthouse lamp", 4, Principal.anyone());
        for (int order = 0; order < 4; order++) {
            Collections.rotate(twins, 1);
            assertThat(ids(answer(twins, AclMode.OPEN, request)))
                    .as("items arrived as %s", twins.stream().map(Item::id).toList())
                    .containsExactly("Z", "a", "b10", "b9");
        }
    }

    @Test
    void answersTheSameWhateverTheOrderOfArrival() throws Exception {
        List<Item> shuffled = new ArrayList<>(ITEMS);
        Collections.shuffle(shuffled, new Random(3));
        for (SearchRequest request : requests(false).subList(0, 5)) {
            assertSameAnswer(answer(shuffled, AclMode.OPEN, request), answer(ITEMS, AclMode.OPEN, request), request);
        }
    }

    @Test
    void answersTheSameToManyThreadsAtOnce() throws Exception {
        List<SearchRequest> requests =
                requests(!lacks().contains(Ability.FILTERS)).subList(0, 20);
        with(ITEMS, AclMode.OPEN, retriever -> {
            List<List<Hit>> alone = requests.stream().map(retriever::retrieve).toList();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<List<List<Hit>>>> together = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    together.add(threads.submit(
                            () -> requests.stream().map(retriever::retrieve).toList()));
                }
                for (Future<List<List<Hit>>> answers : together) {
                    assertThat(answers.get()).isEqualTo(alone);
                }
            }
        });
    }

    @Test
    void refusesAFilterThatDoesNotFitTheFields() throws Exception {
        assumeTrue(!lacks().contains(Ability.FILTERS));
        with(ITEMS, AclMode.OPEN, retriever -> {
            SearchRequest request = new SearchRequest("ton", 5, Principal.anyone(), new Filter.Exists("colour"));
            assertThatThrownBy(() -> retriever.retrieve(request))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("there is no field 'colour'; fields are lang, open, published, tags, year");
            Filter mistyped = new Filter.Is("year", new FieldValue.Keyword("2001"));
            assertThatThrownBy(() -> retriever.retrieve(new SearchRequest("ton", 5, Principal.anyone(), mistyped)))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("field 'year' is a number");
        });
    }

    @Test
    void findsNothingAmongNoItems() throws Exception {
        assertThat(answer(List.of(), AclMode.OPEN, SearchRequest.of("anything", 3, Principal.system())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"title:(", "a AND", "\"open quote", "*", "[1 TO", "~^8 \\", "\u0000\uD800", "\uD83D\uDE00"})
    void takesAQueryAsPlainTextWhateverItContains(String text) throws Exception {
        SearchRequest request = SearchRequest.of("bridge " + text, ALL, Principal.system());

        checkAnswer(answer(TinyCorpus.items(), AclMode.OPEN, request), request, TinyCorpus.items(), AclMode.OPEN);
    }

    private void checkAnswer(List<Hit> hits, SearchRequest request, List<Item> items, AclMode mode) {
        Map<String, Item> byId = items.stream().collect(Collectors.toMap(Item::id, Function.identity()));
        long matching = items.stream()
                .filter(item -> matches(request, item, mode) && finds(request.text(), item))
                .count();
        assertThat(hits).as("%s: k is a promise", show(request)).hasSize((int) Math.min(request.k(), matching));
        assertThat(ids(hits)).as(show(request)).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(byId).containsKey(id);
            assertThat(byId.get(id)).matches(item -> matches(request, item, mode), "readable and admitted");
        });
        assertThat(hits).as("%s: scores are finite", show(request)).allMatch(hit -> Double.isFinite(hit.score()));
        assertThat(hits)
                .as("%s: best first, ties by id", show(request))
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id));
    }

    private static boolean matches(SearchRequest request, Item item, AclMode mode) {
        return request.principal().mayRead(item.acl(), mode) && FilterMatcher.matches(request.filter(), item);
    }

    private static void assertSameAnswer(List<Hit> one, List<Hit> other, SearchRequest request) {
        assertThat(ids(one)).as(show(request)).isEqualTo(ids(other));
        for (int i = 0; i < one.size(); i++) {
            double expected = other.get(i).score();
            assertThat(one.get(i).score())
                    .as("%s: score of %s", show(request), one.get(i).id())
                    .isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
        }
    }

    private List<Hit> answer(List<Item> items, AclMode mode, SearchRequest request) throws Exception {
        List<Hit> answer = new ArrayList<>();
        with(items, mode, retriever -> answer.addAll(retriever.retrieve(request)));
        return answer;
    }

    private void with(List<Item> items, AclMode mode, Use use) throws Exception {
        Retriever retriever = open(items, mode);
        try {
            use.of(retriever);
        } finally {
            if (retriever instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private static List<SearchRequest> requests(boolean filtered) {
        Schema schema = RandomCorpus.SCHEMA;
        List<SearchRequest> requests = new ArrayList<>();
        Random random = new Random(5);
        JqwikSession.run(() -> {
            List<Filter> filters = draw(FilterArbitraries.filters(schema, ITEMS), random);
            List<Principal> principals = draw(PrincipalArbitraries.principals(), random);
            for (int i = 0; i < CASES; i++) {
                int k = List.of(1, 3, 10, ITEMS.size(), ALL).get(i % 5);
                Filter filter = filtered ? filters.get(i) : Filter.all();
                requests.add(new SearchRequest(RandomCorpus.query(random), k, principals.get(i), filter));
            }
        });
        return requests;
    }

    private static <T> List<T> draw(Arbitrary<T> arbitrary, Random random) {
        var generator = arbitrary.generator(CASES);
        List<T> drawn = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            drawn.add(generator.next(random).value());
        }
        return drawn;
    }

    private static List<String> ids(List<Hit> hits) {
        return hits.stream().map(Hit::id).toList();
    }

    private static String show(SearchRequest request) {
        return "query '%s', k %d, as %s, filter %s"
                .formatted(request.text(), request.k(), request.principal(), FilterSyntax.print(request.filter()));
    }

    private interface Use {
        void of(Retriever retriever) throws Exception;
    }
}
