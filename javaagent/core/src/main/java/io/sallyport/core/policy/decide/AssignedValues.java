package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.decide.WriteFrame.Mode;
import io.sallyport.core.policy.decide.WriteFrame.Place;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which column each parameter, and each text that stands in the statement itself, of an INSERT, UPDATE or MERGE is assigned to. What
 * stands in a condition is written nowhere and left out; of everything else whose column cannot be told (no column list, a sub-select or
 * a CTE as source) it is said that it may be written into any. One pass, which keeps a {@link WriteFrame} for each open bracket.
 */
final class AssignedValues {

    /**
     * @param position from 0
     * @param column without its table, or {@code null} where unknown
     * @param plain whether the value is written as it is bound, with nothing computed from it
     */
    record Parameter(int position, @Nullable String column, boolean plain) {}

    /** A text that stands in the statement and is written; {@code column} likewise. */
    record Text(@Nullable String column, String text) {}

    /** Clauses of a query or a write whose values are written nowhere. */
    private static final Set<String> NOT_WRITTEN =
            Set.of("WHERE", "HAVING", "GROUP", "ORDER", "LIMIT", "OFFSET", "FETCH", "WINDOW");

    private final Dialect dialect;
    private final Tokens t;
    private final WrittenTexts texts;
    private final AssignedNames names;
    private final BoundPlaces places;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Deque<WriteFrame> frames = new ArrayDeque<>();
    private WriteFrame f = WriteFrame.root();

    private AssignedValues(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
        this.texts = new WrittenTexts(dialect, t);
        this.names = new AssignedNames(dialect, t);
        this.places = new BoundPlaces(dialect, t);
    }

    static AssignedValues in(String sql, Dialect dialect) {
        AssignedValues reader = new AssignedValues(dialect, tokens(sql, dialect));
        reader.read();
        return reader;
    }

    private static Tokens tokens(String sql, Dialect dialect) {
        Tokens usual = Lexer.everyToken(sql, LexRules.of(dialect));
        if (usual.broken()) {
            for (LexRules setting : LexRules.settingsOf(dialect)) {
                Tokens other = Lexer.everyToken(sql, setting);
                if (!other.broken()) {
                    return other;
                }
            }
        }
        return usual;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    List<Text> texts() {
        return texts.found();
    }

    private void read() {
        for (int i = 0; i < t.size(); i++) {
            TokenType type = t.type(i);
            if (type == TokenType.LEFT_PAREN) {
                open(i);
            } else if (type == TokenType.RIGHT_PAREN) {
                close(i);
            } else if (type == TokenType.COMMA) {
                leaveCases();
                texts.endOfValue(f, i);
                f.comma(i);
            } else if (type == TokenType.SEMICOLON) {
                close(i);
                frames.clear();
                f = WriteFrame.root();
            } else if (type == TokenType.PARAM || t.isOp(i, "?|") || t.isOp(i, "?&")) {
                // Drivers bind to each lone ?, also where it could be an operator.
                parameter(i);
            } else if (type == TokenType.OPERATOR) {
                operator(i);
            } else if (type == TokenType.WORD && !t.is(i - 1, TokenType.DOT)) {
                word(i);
            } else {
                texts.single(f, i);
            }
        }
        leaveCases();
        texts.endOfValue(f, t.size());
    }

    private void open(int i) {
        WriteFrame inner = f.inner(t, i, texts.passes(f, i));
        if (f.mode == Mode.TARGET && !t.isAny(i - 1, "PARTITION", "KEY", "WITH") && !inner.statement) {
            f.target(names.inBrackets(i));
        } else if (f.mode == Mode.SET && i == f.item) {
            f.columns = names.inBrackets(i);
        }
        frames.push(f);
        f = inner;
    }

    private void close(int i) {
        leaveCases();
        texts.endOfValue(f, i);
        if (!frames.isEmpty()) {
            f = frames.pop();
        }
    }

    private void leaveCases() {
        while (f.mode == Mode.CASE && !frames.isEmpty()) {
            f = frames.pop();
        }
    }

    private void operator(int i) {
        if (t.isOp(i, "*") && f.mode == Mode.SELECT) {
            f.star |= i == f.item || t.is(i - 1, TokenType.DOT) || t.is(i + 1, TokenType.COMMA);
        } else if (f.mode == Mode.SET && f.valueFrom < 0 && t.text(i).endsWith("=")) {
            if (t.is(f.item, TokenType.PARAM)) {
                // SET @v = a = … of SQL Server.
                f.item = i + 1;
            } else {
                f.assign(i, names.at(f.item, i));
            }
        }
    }

    private void word(int i) {
        String word = t.word(i);
        if (f.mode == Mode.CASE) {
            inCase(word, i);
            return;
        }
        switch (word) {
            case "CASE" -> {
                frames.push(f);
                f = f.inCase(texts.passes(f, i));
            }
            case "SELECT" -> f.select(i + 1);
            case "VALUES", "VALUE" -> {
                boolean rows = word.equals("VALUES") || t.is(i + 1, TokenType.LEFT_PAREN);
                if (rows && (f.mode == Mode.START || f.mode == Mode.TARGET || f.mode == Mode.OUTPUT)) {
                    f.enter(Mode.VALUES, f.base);
                }
            }
            case "SET" -> {
                if (f.statement && !t.isAny(i - 1, "CHARACTER", "CHARSET")) {
                    f.set(i + 1);
                }
            }
            case "INSERT", "REPLACE", "UPSERT", "INTO" -> target(i);
            case "UPDATE" -> {
                if (t.is(i - 1, "KEY") && t.is(i - 2, "DUPLICATE")) {
                    f.set(i + 1);
                }
            }
            case "OUTPUT" -> {
                if (dialect == Dialect.TSQL && f.statement && Clauses.findClause(t, i, i + 1, Set.of("OUTPUT")) == i) {
                    texts.endOfValue(f, i);
                    f.enter(f.mode == Mode.SET ? Mode.START : Mode.OUTPUT, f.base);
                }
            }
            case "RETURNING" -> {
                if (f.statement && Clauses.findClause(t, i, i + 1, Set.of("RETURNING")) == i) {
                    texts.endOfValue(f, i);
                    f.columns = List.of();
                    if (frames.isEmpty()) {
                        f.condition(false);
                    } else {
                        f.select(i + 1);
                    }
                }
            }
            default -> clause(word, i);
        }
    }

    private void inCase(String word, int i) {
        switch (word) {
            case "WHEN" -> f.now = Place.NOWHERE;
            case "THEN", "ELSE" -> f.now = f.base;
            case "END" -> f = frames.pop();
            case "CASE" -> {
                frames.push(f);
                f = f.inCase(texts.passes(f, i));
            }
            default -> {}
        }
    }

    /** Where rows go to: what stands in brackets next are its columns. */
    private void target(int i) {
        boolean verb = t.is(i, "INTO") || t.isName(i + 1) || t.is(i - 1, "THEN");
        if (f.statement && verb && f.mode != Mode.SET && f.mode != Mode.OUTPUT) {
            f.columns = List.of();
            f.enter(Mode.TARGET, f.base);
        }
    }

    private void clause(String word, int i) {
        switch (word) {
            case "UNION", "EXCEPT", "INTERSECT", "MINUS" -> {
                texts.endOfValue(f, i);
                f.union();
            }
            case "FROM", "USING" -> {
                boolean comparison = word.equals("FROM") && t.is(i - 1, "DISTINCT") && t.isAny(i - 2, "IS", "NOT");
                if (f.statement && !comparison) {
                    texts.endOfValue(f, i);
                    f.source();
                }
            }
            case "JOIN", "STRAIGHT_JOIN", "APPLY" -> f.now = f.sourcePlace();
            case "ON" -> {
                // SELECT DISTINCT ON (…); JSON_VALUE (… ON EMPTY), LISTAGG (… ON OVERFLOW).
                if (!t.is(i - 1, "DISTINCT") && !t.isAny(i + 1, "EMPTY", "ERROR", "NULL", "OVERFLOW")) {
                    texts.endOfValue(f, i);
                    f.condition(true);
                }
            }
            case "WHEN" -> {
                if (t.is(i + 1, "MATCHED") || t.is(i + 1, "NOT") && t.is(i + 2, "MATCHED")) {
                    texts.endOfValue(f, i);
                    f.condition(false);
                }
            }
            case "THEN" -> {
                if (t.isAny(i + 1, "UPDATE", "INSERT", "DELETE", "DO", "INTO")) {
                    f.enter(Mode.START, f.base);
                }
            }
            default -> {
                if (NOT_WRITTEN.contains(word)
                        && (f.statement || word.equals("WHERE"))
                        && (!word.equals("GROUP") && !word.equals("ORDER") || t.is(i + 1, "BY"))
                        && Clauses.findClause(t, i, i + 1, NOT_WRITTEN) == i) {
                    texts.endOfValue(f, i);
                    f.condition(false);
                }
            }
        }
    }

    private void parameter(int i) {
        int position = places.at(i);
        if (position < 0 || !f.now.written()) {
            return;
        }
        boolean row = f.mode == Mode.ROW && (f.now.column() != null || frames.size() == 1);
        boolean begins = i == f.valueFrom && (row || f.mode == Mode.SET && f.now.column() != null);
        boolean ends =
                t.is(i, TokenType.PARAM) && !t.is(i + 1, TokenType.OPERATOR) && !t.is(i + 1, TokenType.LEFT_BRACKET);
        parameters.add(new Parameter(position, f.now.column(), begins && ends));
    }
}
