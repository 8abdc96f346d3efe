package dev.sidereal.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of the documentation against the code. */
class CatalogueTest {
    private static final Map<String, Integer> FAMILIES =
            new TreeMap<>(Map.of("A", 9, "B", 11, "C", 11, "D", 5, "E", 11, "F", 8));

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("sidereal.root"), "docs/negatives.md"));
    }

    @Test
    void everyTechniqueOfTheCatalogueHasALine() throws IOException {
        List<String> ids = new ArrayList<>();
        FAMILIES.forEach((family, count) -> {
            for (int i = 1; i <= count; i++) {
                ids.add(family + i);
            }
        });
        assertThat(page().lines()
                        .filter(line -> line.matches("\\| [A-F]\\d+ \\|.*"))
                        .map(line -> line.substring(2, line.indexOf(' ', 2)))
                        .toList())
                .isEqualTo(ids);
    }

    @Test
    void everyStrategyIsInTheTableUnderItsName() throws IOException {
        String page = page();
        assertThat(Strategies.names()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void everyClassOfTheTableIsThere() throws IOException {
        Path sources = Path.of(System.getProperty("sidereal.root"), "train/src/main/java/dev/sidereal/train");
        for (String line :
                page().lines().filter(l -> l.matches("\\| [A-F]\\d+ \\|.*")).toList()) {
            String[] columns = line.split(" \\| ", -1);
            java.util.regex.Matcher names =
                    java.util.regex.Pattern.compile("`([a-z]+)\\.([A-Z]\\w+)`").matcher(columns[2]);
            while (names.find()) {
                String file = names.group(1) + "/" + names.group(2) + ".java";
                assertThat(List.of(
                                sources.resolve(file),
                                sources.resolve("negatives").resolve(file)))
                        .as(line)
                        .anyMatch(Files::exists);
            }
        }
    }
}
