package io.sallyport.it.lineage;

import io.sallyport.it.lineage.Froms.From;
import java.util.ArrayList;
import java.util.List;

/** Makes the statement of a seed: a query or, one time in five, a write. */
final class Generator {

    private static final int DEPTH = 3;

    private final Grammar grammar;

    Generator(Grammar grammar) {
        this.grammar = grammar;
    }

    Statement statement(long seed) {
        Dice dice = new Dice(seed);
        Queries queries = new Queries(dice, grammar);
        if (dice.chance(20)) {
            return write(seed, dice, queries);
        }
        Frame root = new Frame(null);
        if (grammar.postgres() && dice.chance(6)) {
            return read(seed, withWrites(dice, queries, root));
        }
        return read(seed, queries.query(root, null, DEPTH));
    }

    private static Statement read(long seed, Query query) {
        return new Statement(seed, query.sql(), "", false, Statement.tainted(query.columns()));
    }

    /** WITH whose CTEs change data. */
    private Query withWrites(Dice dice, Queries queries, Frame root) {
        List<String> ctes = new ArrayList<>();
        for (int i = 1 + dice.below(2); i > 0; i--) {
            Write write;
            do {
                write = filled(dice, queries, dice.pick(grammar.writes()), root);
            } while (write.columns.isEmpty());
            ctes.add(queries.cte(root, new Query(write.sql, write.columns, true), ""));
        }
        Query main = queries.query(root, null, DEPTH - 1);
        return new Query("WITH " + String.join(", ", ctes) + " " + Queries.main(main), main.columns(), main.stable());
    }

    private Statement write(long seed, Dice dice, Queries queries) {
        Write write = filled(dice, queries, dice.pick(grammar.writes()), new Frame(null));
        return new Statement(
                seed, write.sql, write.table, write.table.equals("made"), Statement.tainted(write.columns));
    }

    /** @param columns of RETURNING, where the generator has chosen them */
    private record Write(String table, String sql, List<Column> columns) {}

    private Write filled(Dice dice, Queries queries, String line, Frame root) {
        String[] fields = line.split("\\|", 4);
        String table = fields[0].strip();
        List<String> written = List.of(fields[1].strip().split(","));
        String sql = fields[3].strip();
        Frame frame = new Frame(root);
        Source target = grammar.shop().tables().stream()
                .filter(s -> s.alias().equals(table))
                .findFirst()
                .orElse(null);
        boolean values = sql.startsWith("INSERT") || sql.startsWith("MERGE") || target == null;
        List<Column> star = new ArrayList<>();
        if (target != null && !values) {
            Source named = new Source(fields[2].strip(), target.columns());
            frame.sources.add(named);
            star.addAll(named.columns());
        }
        sql = holes(dice, queries, sql, frame, star);
        Expr filled = queries.scalars().filled(sql, false, frame, 2);
        if (target == null || !filled.sql().endsWith("<list>")) {
            return new Write(table, filled.sql(), List.of());
        }
        Frame returning = new Frame(root);
        List<Column> after = target.columns().stream()
                .map(c -> c.plus(written.contains(c.name())))
                .toList();
        returning.sources.add(new Source(fields[2].strip(), after));
        returning.sources.addAll(frame.sources.subList(values ? 0 : 1, frame.sources.size()));
        List<Column> all = new ArrayList<>(after);
        if (!values) {
            all.addAll(star.subList(target.columns().size(), star.size()));
        }
        Items.List list = sql.startsWith("MERGE") || !grammar.postgres()
                ? queries.items().of(queries.types(), returning, 1, false)
                : queries.items().free(returning, all, 1, false);
        return new Write(table, filled.sql().replace("<list>", list.sql()), list.columns());
    }

    private String holes(Dice dice, Queries queries, String sql, Frame frame, List<Column> star) {
        if (sql.contains("<from>") || sql.contains("<source>")) {
            List<Source> before = List.copyOf(frame.sources);
            From from;
            do {
                // Of several rows that match a row of the target one is taken, and their order must not depend on
                // sensitive values.
                frame.sources.clear();
                frame.sources.addAll(before);
                frame.merged.clear();
                from = queries.froms().from(frame, sql.contains("MERGE") ? -1 : 1);
            } while (!from.stable());
            star.addAll(from.star());
            return sql.replace("<from>", from.sql()).replace("<source>", from.sql());
        }
        if (sql.contains("<named>")) {
            From from = queries.froms().from(frame, 1);
            return sql.replace(
                    "<named>",
                    "SELECT " + queries.items().distinctNames(frame, 2).sql() + " FROM " + from.sql());
        }
        return sql;
    }
}
