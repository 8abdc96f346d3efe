package dev.sidereal.model.chat.jinja;

import dev.sidereal.model.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole template. */
final class StatementParser {
    private static final int DEEPEST = 100;

    private final ExpressionParser in;
    private int depth;

    private StatementParser(List<Token> tokens) {
        in = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String template) {
        StatementParser parser = new StatementParser(Lexer.tokens(template));
        List<Statement> body = parser.body(Set.of());
        if (parser.in.peek().kind() != Kind.END) {
            throw parser.in.bad("a tag has no beginning");
        }
        return body;
    }

    /** Reads up to a tag of one of these names, whose name is gone over, or to the end. */
    private List<Statement> body(Set<String> ends) {
        if (++depth > DEEPEST) {
            throw in.bad("tags are more than " + DEEPEST + " deep");
        }
        List<Statement> body = new ArrayList<>();
        while (true) {
            Token token = in.peek();
            switch (token.kind()) {
                case TEXT -> body.add(new Statement.Text(in.next().text()));
                case OPEN_OUTPUT -> {
                    in.next();
                    body.add(new Statement.Output(in.tuple(), token.line()));
                    in.expect(Kind.CLOSE_OUTPUT, "");
                }
                case OPEN_TAG -> {
                    in.next();
                    if (ends.contains(in.peek().text())) {
                        depth--;
                        return body;
                    }
                    body.add(tag(token.line()));
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw in.bad("a tag does not end, expected one of "
                                + ends.stream().sorted().toList());
                    }
                    depth--;
                    return body;
                }
            }
        }
    }

    private Statement tag(int line) {
        String name = in.name();
        Statement statement =
                switch (name) {
                    case "if" -> branch(line);
                    case "for" -> loop(line);
                    case "set" -> assignment(line);
                    case "macro" -> macro();
                    case "generation" -> {
                        close();
                        List<Statement> body = body(Set.of("endgeneration"));
                        in.next();
                        yield new Statement.Block(body);
                    }
                    case "break" -> new Statement.Break();
                    case "continue" -> new Statement.Continue();
                    default -> throw new TemplateError("line " + line + ": the tag \"" + name + "\" is not supported");
                };
        close();
        return statement;
    }

    private void close() {
        in.expect(Kind.CLOSE_TAG, "");
    }

    private Statement branch(int line) {
        Expression condition = in.tuple();
        close();
        List<Statement> then = body(Set.of("elif", "else", "endif"));
        List<Statement> otherwise = List.of();
        switch (in.name()) {
            case "elif" -> {
                return new Statement.If(
                        condition, then, List.of(branch(in.peek().line())), line);
            }
            case "else" -> {
                close();
                otherwise = body(Set.of("endif"));
                in.next();
            }
            default -> {}
        }
        return new Statement.If(condition, then, otherwise, line);
    }

    private Statement loop(int line) {
        List<String> names = names("in");
        in.expect(Kind.NAME, "in");
        Expression items = in.or();
        Expression condition = in.word("if") ? in.expression() : null;
        close();
        List<Statement> body = body(Set.of("else", "endfor"));
        List<Statement> otherwise = List.of();
        if (in.name().equals("else")) {
            close();
            otherwise = body(Set.of("endfor"));
            in.next();
        }
        return new Statement.For(names, items, condition, body, otherwise, line);
    }

    private List<String> names(String end) {
        List<String> names = new ArrayList<>();
        boolean bracket = in.sign("(");
        do {
            names.add(in.name());
        } while (in.sign(",") && !in.peek().text().equals(end));
        if (bracket) {
            in.expect(Kind.SIGN, ")");
        }
        return names;
    }

    private Statement assignment(int line) {
        List<String> names = names("=");
        if (in.sign(".")) {
            String attribute = in.name();
            in.expect(Kind.SIGN, "=");
            return new Statement.SetAttribute(names.getFirst(), attribute, in.tuple(), line);
        }
        if (in.sign("=")) {
            return new Statement.Set(names, in.tuple(), line);
        }
        close();
        List<Statement> body = body(Set.of("endset"));
        in.next();
        return new Statement.SetBlock(names.getFirst(), body);
    }

    private Statement macro() {
        String name = in.name();
        List<String> parameters = new ArrayList<>();
        List<@Nullable Expression> defaults = new ArrayList<>();
        in.expect(Kind.SIGN, "(");
        while (!in.sign(")")) {
            parameters.add(in.name());
            defaults.add(in.sign("=") ? in.expression() : null);
            if (!in.peek().is(Kind.SIGN, ")")) {
                in.expect(Kind.SIGN, ",");
            }
        }
        close();
        List<Statement> body = body(Set.of("endmacro"));
        in.next();
        if (in.peek().kind() == Kind.NAME) {
            in.next();
        }
        return new Statement.Macro(name, parameters, defaults, body);
    }
}
