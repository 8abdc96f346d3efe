package dev.sidereal.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.filter.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract catches engines that break it, each in one way: its tests are what is called here. */
@SuppressWarnings("JUnitMethodInvoked")
class RetrieverContractTest {
    @Test
    void catchesAnEngineThatForgetsRights() {
        RetrieverContract contract =
                over((request, scan) -> scan.retrieve(as(request, Principal.system(), request.filter())));

        fails(() -> contract.givesKReadableItemsThatTheFilterAdmitsBestFirst(AclMode.OPEN));
        fails(() -> contract.givesEveryPrincipalAllItMayReadAndNothingElse(AclMode.CLOSED));
        fails(() -> contract.answersAsIfHiddenItemsDidNotExist(AclMode.OPEN));
    }

    @Test
    void catchesAnEngineThatTakesTheModeForOpen() {
        RetrieverContract contract = contract((request, scan) -> scan.retrieve(request), mode -> AclMode.OPEN);

        fails(() -> contract.givesEveryPrincipalAllItMayReadAndNothingElse(AclMode.CLOSED));
    }

    @Test
    void catchesAnEngineThatFiltersAfterItHasTakenTheBest() {
        RetrieverContract contract = over((request, scan) -> {
            List<String> admitted =
                    scan.retrieve(request.withK(10_000)).stream().map(Hit::id).toList();
            return scan.retrieve(as(request, request.principal(), Filter.all())).stream()
                    .filter(hit -> admitted.contains(hit.id()))
                    .toList();
        });

        fails(() -> contract.givesKReadableItemsThatTheFilterAdmitsBestFirst(AclMode.OPEN));
    }

    @Test
    void catchesAnEngineThatIgnoresTheFilter() {
        RetrieverContract contract =
                over((request, scan) -> scan.retrieve(as(request, request.principal(), Filter.all())));

        fails(() -> contract.givesKReadableItemsThatTheFilterAdmitsBestFirst(AclMode.OPEN));
        fails(contract::refusesAFilterThatDoesNotFitTheFields);
    }

    @Test
    void catchesAnEngineThatGivesWorstFirst() {
        fails(() -> over((request, scan) -> scan.retrieve(request).reversed())
                .givesKReadableItemsThatTheFilterAdmitsBestFirst(AclMode.OPEN));
    }

    @Test
    void catchesAnEngineThatGivesMoreThanK() {
        fails(() -> over((request, scan) -> scan.retrieve(request.withK(request.k() + 1)))
                .givesKReadableItemsThatTheFilterAdmitsBestFirst(AclMode.OPEN));
    }

    @Test
    void catchesAnEngineThatBreaksTiesTheWrongWay() {
        RetrieverContract contract = over((request, scan) -> {
            List<Hit> hits = new ArrayList<>(scan.retrieve(request.withK(10_000)));
            hits.sort(Comparator.comparingDouble(Hit::score)
                    .thenComparing(Hit::id)
                    .reversed());
            return hits.subList(0, Math.min(request.k(), hits.size()));
        });

        fails(contract::breaksTiesByIdWhateverTheOrderOfArrival);
    }

    @Test
    void catchesScoresThatDependOnHiddenItems() {
        RetrieverContract contract = over((request, scan) -> {
            int total = scan.retrieve(SearchRequest.of("x", 10_000, Principal.system()))
                    .size();
            return scan.retrieve(request).stream()
                    .map(hit -> new Hit(hit.id(), hit.score() / total, 0, List.of()))
                    .toList();
        });

        fails(() -> contract.answersAsIfHiddenItemsDidNotExist(AclMode.OPEN));
    }

    @Test
    void catchesAnswersThatChangeWithTime() {
        AtomicInteger calls = new AtomicInteger();
        RetrieverContract contract = over((request, scan) -> scan.retrieve(request).stream()
                .map(hit -> new Hit(hit.id(), hit.score() + calls.incrementAndGet(), 0, List.of()))
                .toList());

        fails(contract::answersTheSameToManyThreadsAtOnce);
        fails(contract::answersTheSameWhateverTheOrderOfArrival);
    }

    @Test
    void catchesAnEngineThatReadsTheQueryAsSyntax() {
        RetrieverContract contract = over((request, scan) -> {
            if (request.text().contains("(")) {
                throw new IllegalStateException("no closing bracket");
            }
            return scan.retrieve(request);
        });

        assertThatThrownBy(() -> contract.takesAQueryAsPlainTextWhateverItContains("title:("))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void catchesAnEngineThatInventsHitsAmongNoItems() {
        fails(() -> over((request, scan) -> List.of(new Hit("ghost", 1, 0, List.of())))
                .findsNothingAmongNoItems());
    }

    private static void fails(ThrowingCallable test) {
        assertThatThrownBy(test).isInstanceOf(AssertionError.class);
    }

    private static SearchRequest as(SearchRequest request, Principal principal, Filter filter) {
        return new SearchRequest(request.text(), request.k(), principal, filter);
    }

    private static RetrieverContract over(Fault fault) {
        return contract(fault, mode -> mode);
    }

    private static RetrieverContract contract(Fault fault, UnaryOperator<AclMode> modes) {
        return new RetrieverContract() {
            @Override
            protected Retriever open(List<Item> items, AclMode mode) {
                Retriever scan = new ScanRetriever(items, modes.apply(mode), new HashingEncoder(64));
                return new Retriever() {
                    @Override
                    public String name() {
                        return "faulty";
                    }

                    @Override
                    public List<Hit> retrieve(SearchRequest request) {
                        return fault.retrieve(request, scan);
                    }
                };
            }
        };
    }

    /** Answers a request with the help of an engine that is right. */
    private interface Fault {
        List<Hit> retrieve(SearchRequest request, Retriever scan);
    }
}
