package io.sallyport.it.lineage;

import io.sallyport.it.lineage.Froms.From;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes queries: SELECT in its forms, set operations, VALUES, WITH. */
final class Queries {

    private final Dice dice;
    private final Grammar grammar;
    private final Names names;
    private final Scalars scalars;
    private final Froms froms;
    private final Items items;

    Queries(Dice dice, Grammar grammar) {
        this.dice = dice;
        this.grammar = grammar;
        this.names = new Names(dice, grammar);
        this.scalars = new Scalars(dice, grammar, this);
        this.froms = new Froms(dice, grammar, names, this, scalars);
        this.items = new Items(dice, grammar, names, scalars);
    }

    Scalars scalars() {
        return scalars;
    }

    Froms froms() {
        return froms;
    }

    Items items() {
        return items;
    }

    Names names() {
        return names;
    }

    /** Any query; of columns of the types wanted, or of any when {@code wanted} is {@code null}. */
    Query query(Frame outer, List<Type> wanted, int depth) {
        int roll = dice.below(100);
        if (depth > 0 && roll < 12) {
            return setOperation(outer, wanted, depth);
        }
        if (depth > 0 && roll < 22) {
            return with(outer, wanted, depth);
        }
        if (roll < 26) {
            return values(outer, wanted, depth);
        }
        if (roll < 40) {
            return grouped(outer, wanted, depth);
        }
        if (roll < 43 && wanted == null && grammar.postgres()) {
            Source table = dice.pick(grammar.shop().tables());
            if (outer.cte(table.alias()) == null) {
                return new Query("TABLE " + table.alias(), table.columns(), true);
            }
        }
        return select(outer, wanted, depth);
    }

    List<Type> types() {
        return IntStream.range(0, 1 + dice.below(3))
                .mapToObj(i -> grammar.postgres()
                        ? dice.pick(Type.values())
                        : dice.pick(Type.TEXT, Type.INT, Type.NUM, Type.BOOL, Type.DATE, Type.OBJ, Type.LIST))
                .toList();
    }

    Query select(Frame outer, List<Type> wanted, int depth) {
        Frame frame = new Frame(outer);
        boolean bare = dice.chance(6);
        From from = bare ? new From("", List.of(), List.of(), true) : froms.from(frame, depth - 1);
        Items.List list = wanted == null
                ? items.free(frame, from.star(), depth, from.stable() && !bare)
                : items.of(wanted, frame, depth, from.stable() && !bare);
        StringBuilder sql = new StringBuilder("SELECT ");
        if (!grammar.postgres() && !bare && dice.chance(6)) {
            sql.append(dice.pick(
                    "STRAIGHT_JOIN ", "SQL_BIG_RESULT ", "/*!50000 STRAIGHT_JOIN */ ", "/*! SQL_SMALL_RESULT */ "));
        }
        String on = "";
        boolean tainted = list.columns().stream().anyMatch(Column::tainted);
        boolean copied = list.columns().stream().allMatch(c -> !c.tainted() || c.copied());
        boolean distinct = copied && dice.chance(8);
        boolean distinctOn = !distinct && !bare && grammar.postgres() && from.stable() && dice.chance(3);
        if (distinct) {
            sql.append("DISTINCT ");
        } else if (distinctOn) {
            on = scalars.clear(Type.TEXT, frame, 0).sql() + " || 'x'";
            sql.append("DISTINCT ON (").append(on).append(") ");
        }
        sql.append(list.sql());
        if (!bare) {
            sql.append(" FROM ").append(from.sql());
        }
        if (!bare && dice.chance(35)) {
            sql.append(" WHERE ")
                    .append(scalars.clear(Type.BOOL, frame, depth - 1).sql());
        }
        if (distinctOn) {
            sql.append(" ORDER BY ").append(on).append(frame.clearColumns());
        }
        // Windows leave the rows in their own order, which LIMIT without one then cuts.
        boolean sorted = distinct || list.sql().contains(" OVER (");
        boolean stable = from.stable() && !(sorted && tainted) && !distinctOn;
        if (stable && !distinct && !bare && dice.chance(12)) {
            sql.append(" ORDER BY ")
                    .append(scalars.clear(Type.TEXT, frame, 0).sql())
                    .append(" || 'x'");
            // Among equal keys MariaDB takes whichever row its plan meets first, and plans follow the data.
            sql.append(grammar.postgres() && dice.chance(50) ? frame.clearColumns() + " LIMIT 4" : "");
        }
        return new Query(sql.toString(), list.columns(), stable);
    }

    /** GROUP BY, or aggregates over all. */
    private Query grouped(Frame outer, List<Type> wanted, int depth) {
        Frame frame = new Frame(outer);
        From from = froms.from(frame, depth - 1);
        List<Expr> keys = new ArrayList<>();
        List<Type> keyTypes = new ArrayList<>();
        boolean stable = from.stable();
        for (int i = dice.below(3); i > 0 && wanted == null; i--) {
            Type type = dice.pick(Type.TEXT, Type.INT, Type.DATE);
            Expr key = scalars.any(type, frame, dice.below(2));
            boolean constant = frame.references(type).isEmpty() || !key.sql().matches(".*[a-z].*");
            if (!constant && (!key.tainted() || key.copied()) && !key.sql().startsWith("'")) {
                keys.add(key);
                keyTypes.add(type);
                stable &= !key.tainted();
            }
        }
        List<String> list = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            items.add(keys.get(i), keyTypes.get(i), list, columns);
        }
        for (Type type : wanted == null ? types() : wanted) {
            items.add(scalars.aggregate(type, frame, depth), type, list, columns);
        }
        String sql = "SELECT " + String.join(", ", list) + " FROM " + from.sql();
        if (dice.chance(20)) {
            sql += " WHERE " + scalars.clear(Type.BOOL, frame, 0).sql();
        }
        if (!keys.isEmpty()) {
            String by = keys.stream().map(Expr::sql).collect(Collectors.joining(", "));
            String positions = IntStream.rangeClosed(1, keys.size())
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(", "));
            sql += " GROUP BY "
                    + (grammar.postgres()
                            ? dice.pick(by, by, positions, "ROLLUP (" + by + ")", "GROUPING SETS ((), (" + by + "))")
                            : dice.pick(by, by, positions, by + " WITH ROLLUP"));
        }
        if (dice.chance(15)) {
            sql += " HAVING count(*) > " + dice.below(2);
        }
        return new Query(sql, columns, stable);
    }

    private Query setOperation(Frame outer, List<Type> wanted, int depth) {
        List<Type> types = wanted == null ? types() : wanted;
        Query left = query(outer, types, depth - 1);
        Query right = query(outer, types, depth - 1);
        boolean copied = left.columns().stream().allMatch(c -> !c.tainted() || c.copied())
                && right.columns().stream().allMatch(c -> !c.tainted() || c.copied());
        String op = copied ? dice.pick("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL") : "UNION ALL";
        List<Column> columns = new ArrayList<>();
        boolean tainted = left.tainted() || right.tainted();
        for (int i = 0; i < types.size(); i++) {
            Column one = left.columns().get(i);
            Column two = right.columns().get(i);
            boolean taint = one.tainted() || !op.startsWith("EXCEPT") && two.tainted();
            columns.add(new Column(one.name(), one.type(), taint, one.copied() && two.copied()));
        }
        String sql = "(" + left.sql() + ") " + op + " (" + right.sql() + ")";
        boolean plain = left.sql().startsWith("SELECT ")
                && right.sql().startsWith("SELECT ")
                && !(left.sql() + right.sql()).matches("(?s).*(ORDER BY|LIMIT|UNION|INTERSECT|EXCEPT).*");
        if (plain && dice.chance(60)) {
            sql = left.sql() + " " + op + " " + right.sql();
        }
        return new Query(sql, columns, left.stable() && right.stable() && (op.equals("UNION ALL") || !tainted));
    }

    private Query values(Frame outer, List<Type> wanted, int depth) {
        List<Type> types = wanted == null ? types() : wanted;
        List<String> rows = new ArrayList<>();
        boolean[] tainted = new boolean[types.size()];
        for (int r = 0; r < 1 + dice.below(2); r++) {
            List<String> row = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                Expr expr = scalars.any(types.get(i), outer, depth);
                row.add(expr.sql());
                tainted[i] |= expr.tainted();
            }
            rows.add("(" + String.join(", ", row) + ")");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Column(grammar.postgres() ? "column" + (i + 1) : "", types.get(i), tainted[i], false));
        }
        return new Query("VALUES " + String.join(", ", rows), columns, true);
    }

    private Query with(Frame outer, List<Type> wanted, int depth) {
        Frame scope = new Frame(outer);
        List<String> ctes = new ArrayList<>();
        boolean recursive = dice.chance(35);
        for (int i = 1 + dice.below(2); i > 0; i--) {
            ctes.add(recursive && dice.chance(60) ? recursive(scope, depth) : cte(scope, depth));
        }
        Query main = query(scope, wanted, depth - 1);
        String sql = "WITH " + (recursive ? "RECURSIVE " : "") + String.join(", ", ctes) + " " + main(main);
        return new Query(sql, main.columns(), main.stable());
    }

    /** A query behind WITH, which cannot be another WITH without brackets. */
    static String main(Query query) {
        return query.sql().startsWith("WITH") ? "(" + query.sql() + ")" : query.sql();
    }

    /** A CTE that is put into {@code scope}. */
    private String cte(Frame scope, int depth) {
        Query query = query(scope, null, depth - 1);
        return cte(scope, query, dice.pick("", "", "MATERIALIZED ", "NOT MATERIALIZED "));
    }

    String cte(Frame scope, Query query, String hint) {
        String name = names.alias(new Frame(null));
        while (scope.ctes.stream().map(Source::alias).toList().contains(name)) {
            name = names.freshColumn();
        }
        List<Column> columns = query.columns();
        String list = "";
        if (dice.chance(30) || !query.stable()) {
            List<String> named = columns.stream().map(c -> names.freshColumn()).toList();
            columns = IntStream.range(0, named.size())
                    .mapToObj(i -> query.columns().get(i).named(named.get(i)))
                    .toList();
            list = " (" + String.join(", ", named) + ")";
        }
        // A reader of an unstable CTE must not depend on its order.
        scope.ctes.add(new Source(name, columns));
        return name + list + " AS " + (grammar.postgres() ? hint : "") + "(" + query.sql() + ")";
    }

    /** Values that move from column to column on the way. */
    private String recursive(Frame scope, int depth) {
        Expr one = scalars.any(Type.TEXT, scope, 1);
        Expr two = scalars.any(Type.TEXT, scope, 1);
        From from = new From("", List.of(), List.of(), true);
        Frame frame = new Frame(scope);
        if (dice.chance(70)) {
            from = froms.from(frame, 0);
            one = scalars.any(Type.TEXT, frame, 1);
            two = scalars.any(Type.TEXT, frame, 1);
        }
        String name = names.freshColumn();
        boolean tainted = one.tainted() || two.tainted();
        scope.ctes.add(new Source(
                name,
                List.of(
                        new Column("n", Type.INT, false, false),
                        new Column("v", Type.TEXT, tainted, false),
                        new Column("w", Type.TEXT, tainted, false))));
        String cast = grammar.postgres() ? "CAST(%s AS text)" : "CAST(%s AS char(200))";
        String step = dice.pick("w, v", "v, w", "v || w, w", "w, 'x' || v", "'y', v", "v, 'z'");
        if (!grammar.postgres()) {
            step = step.replaceAll("(\\S+) \\|\\| ([^, ]+)", "concat($1, $2)");
        }
        return name + " (n, v, w) AS (SELECT 1, " + cast.formatted(one.sql()) + ", " + cast.formatted(two.sql())
                + (from.sql().isEmpty() ? "" : " FROM " + from.sql())
                + " UNION ALL SELECT n + 1, " + step + " FROM " + name + " WHERE n < 3)"
                + (!grammar.postgres() && dice.chance(20) ? " CYCLE n RESTRICT" : "");
    }

    /** A sub-select of one value, in brackets. */
    Expr scalar(Type type, Frame outer, int depth) {
        Frame frame = new Frame(outer);
        int roll = dice.below(10);
        if (roll < 2 || depth < 0) {
            Expr value = scalars.any(type, outer, depth);
            String sql = grammar.postgres()
                    ? dice.pick(
                            "(SELECT %s)",
                            "(VALUES (%s))", "((SELECT %s))", "(WITH q_ AS (SELECT %s AS z_) SELECT z_ FROM q_)")
                    : dice.pick("(SELECT %s)", "((SELECT %s))");
            return new Expr(sql.replace("%s", value.sql()), value.tainted(), false);
        }
        From from = froms.from(frame, depth - 1);
        String where =
                dice.chance(40) ? " WHERE " + scalars.clear(Type.BOOL, frame, 0).sql() : "";
        if (roll < 7 || !from.stable() || !grammar.postgres()) {
            Expr value = scalars.aggregate(type, frame, depth);
            return new Expr("(SELECT " + value.sql() + " FROM " + from.sql() + where + ")", value.tainted(), false);
        }
        Expr value = scalars.any(type, frame, depth);
        String order = dice.chance(50)
                ? " ORDER BY " + scalars.clear(Type.TEXT, frame, 0).sql() + order() + frame.clearColumns()
                : "";
        return new Expr(
                "(SELECT " + value.sql() + " FROM " + from.sql() + where + order + " LIMIT 1)", value.tainted(), false);
    }

    /** Behind a constant, which alone would be refused or taken for a position. */
    private String order() {
        return grammar.postgres() ? " || 'x'" : "";
    }

    /** A sub-select of one column, without brackets. */
    Expr rows(Type type, Frame outer, int depth) {
        Query query = query(outer, List.of(type), Math.min(depth, 1));
        return new Expr(query.sql(), query.tainted() || !query.stable(), false);
    }

    Expr exists(Frame outer, int depth) {
        return new Expr(query(outer, List.of(Type.INT), Math.min(depth, 1)).sql(), false, false);
    }
}
