package dev.sidereal.train.negatives.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Texts with numbers from 1 in a prompt, and the numbers of an answer. */
final class NumberedTexts {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private NumberedTexts() {}

    static String list(List<String> texts) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            list.append('[')
                    .append(i + 1)
                    .append("] ")
                    .append(texts.get(i).replaceAll("\\s+", " ").strip())
                    .append("\n\n");
        }
        return list.toString();
    }

    /** {@return positions from 0 in the order the answer's last line with numbers has them, without repeats} */
    static List<Integer> positions(String answer, int count) {
        Set<Integer> positions = new LinkedHashSet<>();
        String last = answer.lines().filter(line -> NUMBER.matcher(line).find()).reduce("", (_, line) -> line);
        for (MatchResult number : NUMBER.matcher(last).results().toList()) {
            int position = Integer.parseInt(number.group()) - 1;
            if (position >= 0 && position < count) {
                positions.add(position);
            }
        }
        return List.copyOf(positions);
    }
}
