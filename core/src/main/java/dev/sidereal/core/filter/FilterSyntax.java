package dev.sidereal.core.filter;

import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;

/**
 * The written form of a {@link Filter}.
 *
 * <pre>{@code
 * lang = "en" and (year >= 2001 or not tag in ("a", "b")) and date in [2020-01-01, 2021-01-01) and exists(price)
 *
 * filter    = conjunct { "or" conjunct }
 * conjunct  = unary { "and" unary }
 * unary     = "not" unary | "(" filter ")" | "*" | test
 *           | "exists" "(" field ")" | "all" "(" [ filter { "," filter } ] ")" | "any" "(" [ filter { "," filter } ] ")"
 * test      = field ( "=" | "!=" ) literal              any type; on a set: one of its keywords
 *           | field ( "<" | "<=" | ">" | ">=" ) literal number and date
 *           | field [ "not" ] "in" ( list | range )
 * list      = "(" [ literal { "," literal } ] ")"
 * range     = ( "[" | "]" | "(" ) bound "," bound ( "]" | "[" | ")" )    number and date
 * bound     = literal | "*"
 * field     = word | quoted
 * literal   = word | quoted
 * quoted    = text in "..." or '...'; a backslash takes the next character as it is
 * word      = characters other than white space, quotes and ( ) [ ] , = ! < >
 * }</pre>
 *
 * <p>A range's square bracket turned inwards, {@code [a, b]}, admits its bound; turned outwards, {@code ]a, b[}, or
 * round it does not; {@code *} is no bound. Two round brackets always make a list, so a range without both its bounds
 * is written {@code ]a, b[}. {@code *} alone admits everything. {@code all(...)} and {@code any(...)} are {@code and}
 * and {@code or} of any number of parts, none and one included.
 *
 * <p>Keywords are read in any case; a field or literal that is spelled {@code and}, {@code or}, {@code not} or
 * {@code in} needs quotes. Literals are read as the type that the schema gives the field: numbers in decimal notation,
 * dates as {@code 2020-01-31} (midnight UTC) or {@code 2020-01-31T10:15:00Z}, booleans as {@code true} or
 * {@code false}.
 */
public final class FilterSyntax {
    /** The longest text that {@link #parse} reads, in UTF-16 units. */
    public static final int MAX_LENGTH = 1 << 20;

    /** How many brackets, {@code not}s and functions may be open inside each other. */
    public static final int MAX_DEPTH = 100;

    private FilterSyntax() {}

    /**
     * Reads a filter.
     *
     * @throws BadInput if the text is not a filter, names a field that the schema lacks, or compares a field with what
     *     its type cannot be; the message tells the position and shows the text
     */
    public static Filter parse(String text, Schema schema) {
        if (text.isBlank()) {
            throw new BadInput("the filter is empty: leave it out, or write * to admit everything");
        }
        if (text.length() > MAX_LENGTH) {
            throw new BadInput("the filter is " + text.length() + " characters long, at most " + MAX_LENGTH
                    + " are read; put the values in a field and filter on that");
        }
        return new FilterParser(text, schema).parse();
    }

    /** {@return the text that {@link #parse} reads as an equal filter} */
    public static String print(Filter filter) {
        StringBuilder out = new StringBuilder();
        FilterPrinter.append(out, filter);
        return out.toString();
    }
}
