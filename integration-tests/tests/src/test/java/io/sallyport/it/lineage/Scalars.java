package io.sallyport.it.lineage;

import io.sallyport.it.lineage.Templates.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes expressions: columns, literals and templates with expressions in their holes. */
final class Scalars {

    private static final Pattern HOLE = Pattern.compile("\\{([a-z ]+)(#[a-z])?}");
    private static final int MAX_LENGTH = 700;

    private final Dice dice;
    private final Templates plain;
    private final Templates literals;
    private final Templates aggregates;
    private final Templates windows;
    private final Queries queries;
    /** Whether NULLS FIRST may be said. */
    private final boolean nulls;

    Scalars(Dice dice, Grammar grammar, Queries queries) {
        this.dice = dice;
        this.plain = grammar.expressions();
        this.literals = grammar.literals();
        this.aggregates = grammar.aggregates();
        this.windows = grammar.windows();
        this.queries = queries;
        this.nulls = grammar.postgres();
    }

    /** Any expression of the type. */
    Expr any(Type type, Frame frame, int depth) {
        if (depth <= 0 || dice.chance(40)) {
            return leaf(type, frame);
        }
        List<Template> templates = plain.of(type);
        return templates.isEmpty() ? leaf(type, frame) : filled(dice.pick(templates), frame, depth - 1);
    }

    /** One that holds nothing sensitive, so that it may choose rows. */
    Expr clear(Type type, Frame frame, int depth) {
        for (int i = 0; i < 8; i++) {
            Expr expr = any(type, frame, depth);
            if (!expr.tainted()) {
                return expr;
            }
        }
        return literal(type);
    }

    Expr aggregate(Type type, Frame frame, int depth) {
        return special(aggregates, type, frame, depth);
    }

    Expr window(Type type, Frame frame, int depth) {
        return special(windows, type, frame, depth);
    }

    private Expr special(Templates from, Type type, Frame frame, int depth) {
        List<Template> templates = from.of(type);
        return templates.isEmpty() ? literal(type) : filled(dice.pick(templates), frame, depth - 1);
    }

    Expr literal(Type type) {
        return Expr.literal(dice.pick(literals.of(type)).text());
    }

    private Expr leaf(Type type, Frame frame) {
        List<Frame.Reference> references = frame.references(type);
        if (references.isEmpty() || dice.chance(10)) {
            return literal(type);
        }
        Frame.Reference it = dice.pick(references);
        return new Expr(it.sql(), it.column().tainted(), it.column().copied());
    }

    private Expr filled(Template template, Frame frame, int depth) {
        return filled(template.text(), template.silent(), frame, depth);
    }

    /** {@code text} with its holes filled. */
    Expr filled(String text, boolean silent, Frame frame, int depth) {
        Matcher hole = HOLE.matcher(text);
        StringBuilder sql = new StringBuilder();
        Map<String, Expr> labelled = new HashMap<>();
        boolean tainted = false;
        while (hole.find()) {
            String label = hole.group(2);
            Expr expr = label == null ? null : labelled.get(label);
            if (expr == null) {
                // A template of more than two holes would make the statement explode.
                int left = sql.length() > MAX_LENGTH / 4 ? 0 : depth;
                expr = hole(hole.group(1), frame, left);
                if (label != null) {
                    labelled.put(label, expr);
                }
            }
            tainted |= expr.tainted() && !(silent && expr.copied());
            hole.appendReplacement(sql, Matcher.quoteReplacement(expr.sql()));
        }
        hole.appendTail(sql);
        return new Expr(sql.toString(), tainted, false);
    }

    private Expr hole(String hole, Frame frame, int depth) {
        String[] words = hole.split(" ");
        return switch (words[0]) {
            case "clear" -> clear(Type.of(words[1]), frame, depth);
            case "sub" -> queries.scalar(Type.of(words[1]), frame, depth);
            case "rows" -> queries.rows(Type.of(words[1]), frame, depth);
            case "exists" -> queries.exists(frame, depth);
            case "row" -> row(frame);
            case "window" -> windowSpecification(frame, depth);
            case "any" -> any(dice.pick(Type.TEXT, Type.INT, Type.NUM, Type.DATE, Type.BOOL), frame, depth);
            default -> any(Type.of(words[0]), frame, depth);
        };
    }

    private Expr row(Frame frame) {
        List<Source> sources = frame.visible();
        if (sources.isEmpty()) {
            return Expr.literal("ROW(1, 'x')");
        }
        Source source = dice.pick(sources);
        return new Expr(source.alias(), source.columns().stream().anyMatch(Column::tainted), false);
    }

    private Expr windowSpecification(Frame frame, int depth) {
        StringBuilder sql = new StringBuilder();
        if (dice.chance(50)) {
            sql.append("PARTITION BY ")
                    .append(clear(Type.TEXT, frame, depth).sql())
                    .append(' ');
        }
        Expr order = any(dice.pick(Type.TEXT, Type.INT, Type.NUM, Type.DATE), frame, Math.min(depth, 1));
        // A literal integer would be refused or taken for a position.
        String by = order.sql().matches("[0-9-]+") ? order.sql() + " + 0" : order.sql();
        sql.append("ORDER BY ")
                .append(by)
                .append(nulls ? dice.pick("", " DESC", " NULLS FIRST") : dice.pick("", " DESC"))
                .append(frame.clearColumns());
        return new Expr(sql.toString(), order.tainted(), false);
    }
}
