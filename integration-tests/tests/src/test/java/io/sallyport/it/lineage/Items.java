package io.sallyport.it.lineage;

import java.util.ArrayList;

/** Makes select lists and RETURNING lists. */
final class Items {

    private final Dice dice;
    private final Grammar grammar;
    private final Names names;
    private final Scalars scalars;

    Items(Dice dice, Grammar grammar, Names names, Scalars scalars) {
        this.dice = dice;
        this.grammar = grammar;
        this.names = names;
        this.scalars = scalars;
    }

    record List(String sql, java.util.List<Column> columns) {}

    /** Stars and expressions of any type. */
    List free(Frame frame, java.util.List<Column> star, int depth, boolean ordered) {
        java.util.List<String> sql = new ArrayList<>();
        java.util.List<Column> columns = new ArrayList<>();
        for (int i = 1 + dice.below(4); i > 0; i--) {
            int roll = dice.below(100);
            if (roll < 10 && !star.isEmpty() && (grammar.postgres() || sql.isEmpty())) {
                sql.add("*");
                columns.addAll(star);
            } else if (roll < 20 && !frame.sources.isEmpty()) {
                Source source = dice.pick(frame.sources);
                sql.add(source.alias() + ".*");
                columns.addAll(source.columns());
            } else {
                Type type = grammar.postgres()
                        ? dice.pick(Type.values())
                        : dice.pick(Type.TEXT, Type.INT, Type.NUM, Type.BOOL, Type.DATE, Type.OBJ, Type.LIST);
                add(expression(type, frame, depth, ordered), type, sql, columns);
            }
        }
        return new List(String.join(", ", sql), columns);
    }

    List of(java.util.List<Type> types, Frame frame, int depth, boolean ordered) {
        java.util.List<String> sql = new ArrayList<>();
        java.util.List<Column> columns = new ArrayList<>();
        for (Type type : types) {
            add(hidden(expression(type, frame, depth, ordered)), type, sql, columns);
        }
        return new List(String.join(", ", sql), columns);
    }

    /** Sometimes where only a server of this kind sees it. */
    private Expr hidden(Expr expr) {
        boolean hide = !grammar.postgres() && !expr.sql().contains("/*") && dice.chance(3);
        return hide ? new Expr("/*! " + expr.sql() + " */", expr.tainted(), false) : expr;
    }

    private Expr expression(Type type, Frame frame, int depth, boolean ordered) {
        if (ordered && dice.chance(8)) {
            return scalars.window(type, frame, Math.min(depth, 2));
        }
        return scalars.any(type, frame, depth);
    }

    /** An item, usually with an alias. */
    void add(Expr expr, Type type, java.util.List<String> sql, java.util.List<Column> columns) {
        if (dice.chance(70)) {
            String name = names.column();
            sql.add(expr.sql() + dice.pick(" AS ", " AS ", " ") + name);
            columns.add(new Column(name, type, expr.tainted(), expr.copied()));
            return;
        }
        boolean chain = expr.sql().matches("(\\S+\\.)?[a-z_0-9]+")
                && !expr.sql().matches("[0-9].*|null|true|false|now|.*\\..*\\..*");
        String own = chain && expr.copied() ? expr.sql().substring(expr.sql().indexOf('.') + 1) : "";
        sql.add(expr.sql());
        columns.add(new Column(own, type, expr.tainted(), expr.copied()));
    }

    /** Items with names of their own, as a table to be made needs them. */
    List distinctNames(Frame frame, int depth) {
        java.util.List<String> sql = new ArrayList<>();
        java.util.List<Column> columns = new ArrayList<>();
        for (int i = 1 + dice.below(3); i > 0; i--) {
            Type type = dice.pick(Type.TEXT, Type.INT, Type.NUM, Type.BOOL, Type.DATE);
            Expr expr = scalars.any(type, frame, depth);
            String name = names.freshColumn();
            sql.add(expr.sql() + " AS " + name);
            columns.add(new Column(name, type, expr.tainted(), expr.copied()));
        }
        return new List(String.join(", ", sql), columns);
    }
}
