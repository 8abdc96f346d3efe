package dev.sidereal.cli;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.catalogue.Catalogue;
import dev.sidereal.core.catalogue.CatalogueReport;
import dev.sidereal.core.catalogue.CatalogueSettings;
import dev.sidereal.core.catalogue.ImportOptions;
import dev.sidereal.core.catalogue.Importers;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.format.ColumnMap;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: a catalogue from files people have. */
@Command(
        name = "import",
        description = {
            "Make a catalogue from files: beir, jsonl or csv.",
            "",
            "A catalogue is a folder with items, their fields and rights. Columns and keys are found by name, never by"
                    + " position; a bad row stops the import with its file and line, and nothing is written.",
            "",
            "Examples:",
            "  ./sidereal import beir scifact --to catalogues/scifact",
            "  ./sidereal import csv shop.csv --map id=sku,title=name,text=description --to catalogues/shop",
            "  ./sidereal import jsonl docs.jsonl.gz --acl closed --to catalogues/docs"
        })
final class ImportVerb implements Verb {
    @Parameters(index = "0", paramLabel = "FORMAT", description = "beir, jsonl or csv")
    String format = "";

    @Parameters(index = "1", paramLabel = "SRC", description = "The file or folder to read; .gz or not.")
    Path source = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The catalogue's folder.")
    Path to = Path.of("");

    @Option(
            names = "--acl",
            paramLabel = "MODE",
            defaultValue = "open",
            description =
                    "What an item without readers means: open (all may read it) or closed (nobody may). Default open.")
    AclMode acl = AclMode.OPEN;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            defaultValue = "en",
            description = "Language of the texts, such as en or de; und if unknown or mixed. Default en.")
    String language = "en";

    @Option(
            names = "--map",
            paramLabel = "ROLE=COLUMN,...",
            description = "csv: which column is id, title, text or acl, and other names for fields.")
    @Nullable
    String map;

    @Option(
            names = "--types",
            paramLabel = "FIELD=TYPE,...",
            description = "Types of fields: keyword, number, date, boolean or set. Default: what the values look like.")
    @Nullable
    String types;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "csv: the character between values. Default: comma, tab or semicolon, whichever fits.")
    @Nullable
    Character delimiter;

    @Option(
            names = "--splits",
            split = ",",
            paramLabel = "NAME",
            description = "beir: evaluation sets to take along. Default: test, or the only one there is.")
    List<String> splits = List.of();

    @Option(
            names = "--bad-rows",
            paramLabel = "N",
            defaultValue = "0",
            description = "Leave out so many bad rows instead of stopping at the first. Default 0.")
    long badRows;

    @Override
    public Outcome run(Session session) {
        ImportOptions options = ImportOptions.defaults().withSplits(splits);
        options = map == null ? options : options.withMap(ColumnMap.parse(map));
        options = types == null ? options : options.withTypes(Schema.parse(types));
        options = delimiter == null ? options : options.withDelimiter(delimiter);
        CatalogueSettings settings =
                CatalogueSettings.defaults().withAcl(acl).withLanguage(language).withBadRows(badRows);
        CatalogueReport report =
                Catalogue.write(to, Importers.named(format).open(source, options), settings, session.progress());
        StringBuilder text = new StringBuilder("%,d items in %s".formatted(report.items(), to));
        report.schema().fields().forEach((name, type) -> text.append("%n  field %s: %s".formatted(name, type.label())));
        report.badRowSentences().forEach(sentence -> text.append("%n  left out: %s".formatted(sentence)));
        report.warnings().forEach(sentence -> text.append("%n  note: %s".formatted(sentence)));
        text.append("%nNext: ./sidereal index --catalogue %s --to DIR".formatted(to));
        return Outcome.of(report, text.toString());
    }
}
