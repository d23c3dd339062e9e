package io.sallyport.it.lineage;

import java.util.ArrayList;
import java.util.List;

/** Makes FROM lists: tables, views, CTEs, sub-queries, functions and the joins between them. */
final class Froms {

    private final Dice dice;
    private final Grammar grammar;
    private final Names names;
    private final Queries queries;
    private final Scalars scalars;

    Froms(Dice dice, Grammar grammar, Names names, Queries queries, Scalars scalars) {
        this.dice = dice;
        this.grammar = grammar;
        this.names = names;
        this.queries = queries;
        this.scalars = scalars;
    }

    /**
     * A FROM list.
     *
     * @param before the columns of {@code *} up to the last comma
     * @param joined those behind it, which is as far to the left as a join reaches
     * @param stable its rows come in the same order whatever the sensitive values are
     */
    record From(String sql, List<Column> before, List<Column> joined, boolean stable) {

        List<Column> star() {
            return both(before, joined);
        }

        private static List<Column> both(List<Column> left, List<Column> right) {
            List<Column> all = new ArrayList<>(left);
            all.addAll(right);
            return all;
        }
    }

    /** One item, its columns under its alias. */
    private record Item(String sql, Source source, boolean stable) {}

    /** A FROM list whose sources are put into {@code frame}. */
    From from(Frame frame, int depth) {
        Item first = item(frame, frame.outer, depth, false);
        frame.sources.add(first.source());
        From from = new From(first.sql(), List.of(), first.source().columns(), first.stable());
        int more = depth <= 0 ? dice.below(2) : dice.below(3);
        for (int i = 0; i < more; i++) {
            from = joined(from, frame, depth - 1);
        }
        return from;
    }

    private From joined(From left, Frame frame, int depth) {
        String join = dice.pick(
                "JOIN",
                "JOIN",
                "INNER JOIN",
                "LEFT JOIN",
                "LEFT OUTER JOIN",
                "RIGHT JOIN",
                "FULL JOIN",
                "CROSS JOIN",
                ",",
                "NATURAL",
                "USING",
                "USING",
                "RIGHT NATURAL",
                "RIGHT USING");
        if (join.equals("FULL JOIN") && !grammar.postgres()) {
            join = "LEFT JOIN";
        }
        // MariaDB has no LATERAL.
        boolean sideways = !join.startsWith("RIGHT") && !join.startsWith("FULL");
        boolean lateral = grammar.postgres() && sideways;
        // But its functions see what stands left of them, too.
        Item right = item(frame, sideways ? frame : frame.outer, depth, lateral);
        List<Column> common = common(left.joined(), right.source().columns());
        // MariaDB joins in the order that its plan likes best, and plans follow the data.
        boolean stable = grammar.postgres() && left.stable() && right.stable();
        boolean natural = join.endsWith("NATURAL");
        boolean using = join.endsWith("USING");
        boolean turned = join.startsWith("RIGHT ");
        if ((natural || using) && !isMergeable(left.joined(), right.source(), common)) {
            join = "CROSS JOIN";
        } else if (natural) {
            String side = turned ? "RIGHT " : dice.pick("", "LEFT ", "INNER ");
            return merged(left, " NATURAL " + side + "JOIN " + right.sql(), frame, right, common, stable, turned);
        } else if (using) {
            List<Column> compared = List.of(dice.pick(common));
            String side = turned ? " RIGHT JOIN " : dice.pick(" JOIN ", " LEFT JOIN ", " JOIN ");
            String sql = side + right.sql() + " USING (" + compared.get(0).name() + ")";
            return merged(left, sql, frame, right, compared, stable, turned);
        }
        frame.sources.add(right.source());
        frame.merged.removeIf(
                m -> right.source().columns().stream().anyMatch(c -> c.name().equals(m.name())));
        List<Column> columns = right.source().columns();
        String sql =
                left.sql() + (join.equals(",") ? ", " : " " + join + " ") + right.sql() + condition(join, frame, depth);
        From from = join.equals(",")
                ? new From(sql, left.star(), columns, stable)
                : new From(sql, left.before(), From.both(left.joined(), columns), stable);
        return group(from, join, frame);
    }

    private String condition(String join, Frame frame, int depth) {
        if (join.equals(",") || join.equals("CROSS JOIN")) {
            return "";
        }
        if (join.equals("FULL JOIN")) {
            return " ON " + equality(frame);
        }
        return " ON " + dice.pick("true", scalars.clear(Type.BOOL, frame, depth).sql());
    }

    /** Between a column of each side, which is what FULL JOIN takes. */
    private String equality(Frame frame) {
        Frame left = new Frame(null);
        left.sources.addAll(frame.sources.subList(0, frame.sources.size() - 1));
        Frame right = new Frame(null);
        right.sources.add(frame.sources.get(frame.sources.size() - 1));
        List<String> sides = new ArrayList<>();
        for (Frame side : List.of(left, right)) {
            sides.add(side.references(Type.INT).stream()
                    .filter(r -> !r.column().tainted() && r.sql().contains("."))
                    .map(Frame.Reference::sql)
                    .findFirst()
                    .orElse(""));
        }
        return sides.contains("") ? "true" : sides.get(0) + " = " + sides.get(1);
    }

    private static List<Column> common(List<Column> left, List<Column> right) {
        return left.stream()
                .filter(l -> !l.name().isEmpty()
                        && right.stream().anyMatch(r -> r.name().equals(l.name()) && r.type() == l.type()))
                .toList();
    }

    /** Whether the common columns are unambiguous, and joining them chooses the same rows whatever the sensitive values are. */
    private static boolean isMergeable(List<Column> left, Source right, List<Column> common) {
        long named = left.stream()
                .filter(l -> !l.name().isEmpty()
                        && right.columns().stream().anyMatch(r -> r.name().equals(l.name())))
                .count();
        return !common.isEmpty()
                && named == common.size()
                && common.stream()
                        .allMatch(c -> left.stream()
                                                .filter(l -> l.name().equals(c.name()))
                                                .count()
                                        == 1
                                && right.isUnique(c.name())
                                && (!c.tainted() || c.copied())
                                && right.columns().stream()
                                        .allMatch(r -> !r.name().equals(c.name()) || !r.tainted() || r.copied())
                                && c.type() != Type.OBJ);
    }

    /** @param turned by a RIGHT JOIN, for which MariaDB lists the columns of the right side first */
    private From merged(
            From left, String sql, Frame frame, Item right, List<Column> common, boolean stable, boolean turned) {
        boolean rightFirst = turned && !grammar.postgres();
        List<Column> star = new ArrayList<>();
        for (Column column : rightFirst ? common(right.source().columns(), common) : common) {
            Column other = (rightFirst ? left.joined() : right.source().columns())
                    .stream()
                            .filter(c -> c.name().equals(column.name()))
                            .findFirst()
                            .orElseThrow();
            star.add(new Column(
                    column.name(),
                    column.type(),
                    column.tainted() || other.tainted(),
                    column.copied() && other.copied()));
        }
        List<Column> mergedHere = List.copyOf(star);
        List<Column> first = rightFirst ? right.source().columns() : left.joined();
        List<Column> second = rightFirst ? left.joined() : right.source().columns();
        From.both(first, second).stream()
                .filter(c -> common.stream().noneMatch(m -> m.name().equals(c.name())))
                .forEach(star::add);
        frame.sources.add(right.source());
        frame.merged.removeIf(
                m -> right.source().columns().stream().anyMatch(c -> c.name().equals(m.name())));
        mergedHere.stream()
                .filter(m -> left.before().stream().noneMatch(c -> c.name().equals(m.name())))
                .forEach(frame.merged::add);
        return new From(
                left.sql() + sql,
                left.before(),
                star,
                stable && mergedHere.stream().noneMatch(Column::tainted));
    }

    /** Sometimes brackets, and sometimes an alias for all of it. */
    private From group(From from, String join, Frame frame) {
        if (!from.before().isEmpty() || !dice.chance(15)) {
            return from;
        }
        if (!grammar.postgres() && dice.chance(20)) {
            return new From("{ OJ " + from.sql() + " }", List.of(), from.star(), from.stable());
        }
        if (!grammar.postgres() || dice.chance(60)) {
            return new From("(" + from.sql() + ")", List.of(), from.star(), from.stable());
        }
        frame.sources.clear();
        frame.merged.clear();
        String alias = names.alias(frame);
        frame.sources.add(new Source(alias, from.star()));
        return new From("(" + from.sql() + ") AS " + alias, List.of(), from.star(), from.stable());
    }

    private Item item(Frame frame, Frame around, int depth, boolean lateral) {
        int roll = dice.below(100);
        if (roll < 15 && !frame.allCtes().isEmpty()) {
            Source cte = dice.pick(frame.allCtes());
            return relation(cte.alias(), cte.columns(), frame, !cte.alias().isEmpty());
        }
        if (roll < 35 && depth > 0) {
            return subQuery(frame, lateral && dice.chance(50) ? around : frame.outer, depth, lateral);
        }
        if (roll < 45 && around != null) {
            return function(frame, around, depth);
        }
        boolean view = dice.chance(20);
        Source table = dice.pick(view ? grammar.shop().views() : grammar.shop().tables());
        Source cte = frame.cte(table.alias());
        if (cte != null) {
            return relation(cte.alias(), cte.columns(), frame, true);
        }
        String qualified = grammar.postgres() && dice.chance(10) ? "public." + table.alias() : table.alias();
        return relation(qualified, table.columns(), frame, grammar.postgres() || !view);
    }

    private Item relation(String name, List<Column> columns, Frame frame, boolean stable) {
        String own = name.substring(name.lastIndexOf('.') + 1);
        if (!frame.has(own) && dice.chance(35)) {
            return new Item(name, new Source(own, columns), stable);
        }
        String alias = names.alias(frame);
        String sql = name + dice.pick(" ", " AS ") + alias;
        if (grammar.postgres()) {
            return renamed(sql, alias, columns, stable);
        }
        boolean table = grammar.shop().tables().stream().anyMatch(t -> t.alias().equals(name));
        String hint = table && frame.cte(name) == null && dice.chance(8)
                ? dice.pick(" USE INDEX ()", " USE INDEX FOR JOIN ()", " USE KEY FOR ORDER BY ()")
                : "";
        return new Item(sql + hint, new Source(alias, columns), stable);
    }

    /** With a list of column names, which may be shorter than the columns are. */
    private Item renamed(String sql, String alias, List<Column> columns, boolean stable) {
        if (!dice.chance(20) || columns.isEmpty()) {
            return new Item(sql, new Source(alias, columns), stable);
        }
        List<Column> all = new ArrayList<>();
        List<String> list = new ArrayList<>();
        int named = 1 + dice.below(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String name = i < named ? names.column() : columns.get(i).name();
            all.add(columns.get(i).named(name));
            if (i < named) {
                list.add(name);
            }
        }
        return new Item(sql + " (" + String.join(", ", list) + ")", new Source(alias, all), stable);
    }

    private Item subQuery(Frame frame, Frame around, int depth, boolean lateral) {
        Query query = queries.query(around == null ? new Frame(null) : around, null, depth - 1);
        String alias = names.alias(frame);
        String brackets = dice.chance(10) ? "((" + query.sql() + "))" : "(" + query.sql() + ")";
        String sql = (lateral && around == frame ? "LATERAL " : "") + brackets + dice.pick(" ", " AS ") + alias;
        return grammar.postgres()
                ? renamed(sql, alias, query.columns(), query.stable())
                : new Item(sql, new Source(alias, query.columns()), query.stable());
    }

    private Item function(Frame frame, Frame around, int depth) {
        String[] line = dice.pick(grammar.functions()).split("\\|", 2);
        String alias = names.alias(frame);
        Expr call = scalars.filled(line[1].strip().replace("@", alias), false, around, Math.min(depth, 1));
        List<Column> columns = new ArrayList<>();
        for (String part : line[0].split(",")) {
            String[] words = part.strip().split(" ");
            boolean clear = words[1].endsWith("-");
            columns.add(new Column(
                    words[0].replace("@", alias), Type.of(words[1].replace("-", "")), call.tainted() && !clear, false));
        }
        return new Item(call.sql(), new Source(alias, columns), true);
    }
}
