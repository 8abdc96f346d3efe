package dev.sidereal.eval.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {
    @Test
    void readsAListInItsOrder() {
        assertThat(Measures.parse("nDCG@10, recall@100,MAP,mrr@10,p@5,bpref,ndcg@10(gain=exp),ndcg@10(ties=rank)"))
                .extracting(Measure::name)
                .containsExactly(
                        "ndcg@10",
                        "recall@100",
                        "map",
                        "mrr@10",
                        "p@5",
                        "bpref",
                        "ndcg@10(gain=exp)",
                        "ndcg@10(ties=rank)");
    }

    @ParameterizedTest
    @CsvSource({
        "ndcg_cut_10,ndcg@10",
        "ndcg_cut.10,ndcg@10",
        "recall_100,recall@100",
        "P_10,p@10",
        "recip_rank,mrr",
        "Rprec,rprec",
        "success_1,success@1",
        "map_cut_5,map@5",
        "unj_10,unjudged@10",
        "num_rel_ret,num_rel_ret",
        "set_F,set_f"
    })
    void answersToTheNamesOfTrecEval(String theirs, String ours) {
        assertThat(Measures.parse(theirs)).extracting(Measure::name).containsExactly(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndcg@10(gain=linear)", "ndcg@10(ties=trec)", "NDCG@10( gain = linear , ties = TREC )"})
    void leavesDefaultsOutOfTheName(String spec) {
        assertThat(Measures.parse(spec)).extracting(Measure::name).containsExactly("ndcg@10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndcg", "map(rel=2)", "ndcg@3(gain=exp,ties=trec10)", "bpref(rel=3,ties=rank)", "gm_map"})
    void readsItsOwnNames(String name) {
        assertThat(Measures.parse(name)).extracting(Measure::name).containsExactly(name);
    }

    @Test
    void everyMeasureIsCited() {
        assertThat(Measures.known()).hasSize(17);
        assertThat(Measures.known()).allSatisfy(form -> {
            Measure measure = Measures.parse(form.replace("[@k]", "@7").replace("@k", "@7"))
                    .getFirst();
            assertThat(measure.citation()).isNotBlank();
        });
    }

    @Test
    void listsTheMeasuresWhenOneIsUnknown() {
        assertThatThrownBy(() -> Measures.parse("ndgc@10"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "there is no measure 'ndgc': the measures are ndcg[@k], recall@k, map[@k], mrr[@k], p@k, bpref,"
                                + " rprec, success@k, gm_map, unjudged@k, set_p, set_recall, set_f, num_q, num_ret, num_rel,"
                                + " num_rel_ret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "recall|'recall' lacks its cutoff: write recall@10, for example",
                "bpref@5|'bpref@5' has a cutoff, which bpref does not take: write bpref",
                "p@0|'p@0' has the cutoff 0: expected a whole number from 1 to 999999999",
                "ndcg@10(gain=log)|'ndcg@10(gain=log)' has gain=log: expected one of linear, exp",
                "map(ties=best)|'map(ties=best)' has ties=best: expected one of trec, trec10, rank",
                "map(rel=0)|'map(rel=0)' has rel=0: expected the least grade that counts as relevant, a whole number from 1",
                "map(gain=exp)|'map(gain=exp)' has the setting 'gain=exp': map takes rel, ties, written key=value",
                "map(rel=1,rel=2)|'map(rel=1,rel=2)' has the setting rel twice: give it once",
                "map,MAP|the measure map is given twice in 'map,MAP': name it once"
            })
    void saysWhatIsWrong(String spec, String sentence) {
        assertThatThrownBy(() -> Measures.parse(spec))
                .isInstanceOf(BadConfig.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ndcg@", "ndcg@10(", "10", "ndcg@10)", "map,,bpref"})
    void refusesWhatIsNoMeasure(String spec) {
        assertThatThrownBy(() -> Measures.parse(spec))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("is no measure: expected name, name@k or name@k(key=value)");
    }
}
