package dev.sidereal.train.negatives;

import dev.sidereal.core.Closer;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.Rerankers;
import dev.sidereal.model.chat.NamedChatModel;
import dev.sidereal.train.negatives.MiningInputs.Need;
import dev.sidereal.train.negatives.chat.ChatJudge;
import dev.sidereal.train.negatives.chat.ChatRanker;
import dev.sidereal.train.negatives.score.CrossEncoderScorer;
import dev.sidereal.train.negatives.source.ChatNegatives;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Models that strategies ask besides the one that retrieves, as a user names them; empty for none.
 *
 * @param teacher an encoder that scores what was retrieved
 * @param crossEncoder scores too, see {@link Rerankers#open}; of both, it is asked alone but where teachers vote
 * @param chat a language model that writes, ranks and judges, see {@link NamedChatModel#open}
 * @param judge a stronger language model that has the last word; empty for the same one
 */
public record MiningModels(String teacher, String crossEncoder, String chat, String judge) {
    /** No models. */
    public static final MiningModels NONE = new MiningModels("", "", "", "");

    private static final List<Need> TEACHERS = List.of(Need.TEACHER);
    private static final List<Need> LANGUAGE = List.of(Need.WRITER, Need.JUDGES, Need.RANKER);

    /** @throws BadConfig if there is a judge for nobody */
    public MiningModels {
        if (chat.isEmpty() && !judge.isEmpty()) {
            throw new BadConfig("The judge '" + judge + "' has the last word over a language model, and there is none;"
                    + " name it as chat, or name this one so.");
        }
    }

    /**
     * Refuses strategies that lack a model, and models that no strategy asks.
     *
     * @throws BadConfig naming the strategy and what it needs, or the model
     */
    public void requireFit(List<String> strategies) {
        for (String strategy : strategies) {
            for (Need need : Strategies.needs(strategy)) {
                if (TEACHERS.contains(need) && teacher.isEmpty() && crossEncoder.isEmpty()) {
                    throw new BadConfig("the strategy '" + strategy + "' needs " + need.words()
                            + "; name a better encoder than the one that retrieves as teacher, or a cross-encoder");
                }
                if (LANGUAGE.contains(need) && chat.isEmpty()) {
                    throw new BadConfig("the strategy '" + strategy + "' needs " + need.words()
                            + "; name a language model as chat: a model's folder, or http(s)://host#model of a server");
                }
            }
        }
        requireUse(strategies, TEACHERS, teacher, "teacher");
        requireUse(strategies, TEACHERS, crossEncoder, "cross-encoder");
        requireUse(strategies, LANGUAGE, chat, "language model");
        boolean judged =
                strategies.stream().anyMatch(name -> Strategies.needs(name).contains(Need.JUDGES));
        if (!judge.isEmpty() && !judged) {
            throw unused("judge", judge, strategies);
        }
    }

    private static void requireUse(List<String> strategies, List<Need> needs, String model, String what) {
        boolean asked = strategies.stream()
                .flatMap(name -> Strategies.needs(name).stream())
                .anyMatch(needs::contains);
        if (!model.isEmpty() && !asked) {
            throw unused(what, model, strategies);
        }
    }

    private static BadConfig unused(String what, String model, List<String> strategies) {
        return new BadConfig("The " + what + " '" + model + "' is never asked by " + String.join(", ", strategies)
                + "; leave it out, or choose a strategy that asks it.");
    }

    /**
     * {@return what adds cross-encoder and language models to inputs, as often as there are new ones} They are opened once.
     *
     * @param opened closes them
     * @throws BadConfig if there is no such model
     */
    public UnaryOperator<MiningInputs> open(Corpus corpus, Closer opened) {
        List<PairScorer> scorers = crossEncoder.isEmpty()
                ? List.of()
                : List.of(new CrossEncoderScorer(corpus, opened.keep(Rerankers.open(crossEncoder))));
        if (chat.isEmpty()) {
            return inputs -> inputs.teachers(scorers);
        }
        NamedChatModel first = opened.keep(NamedChatModel.open(chat));
        NamedChatModel last = judge.isEmpty() ? first : opened.keep(NamedChatModel.open(judge));
        return inputs -> inputs.teachers(scorers)
                .writer(new ChatNegatives(first.name(), first.model()))
                .ranker(new ChatRanker(first.name(), first.model()))
                .judges(new ChatJudge(first.name(), first.model()), new ChatJudge(last.name(), last.model()));
    }
}
