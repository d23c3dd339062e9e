package io.sallyport.it.lineage;

import java.util.List;

/** Aliases and column names, many of them the names of tables and sensitive columns, so that they shadow. */
final class Names {

    private static final List<String> ALIASES = List.of(
            "a", "b", "c", "d", "e", "f", "x", "y", "o", "p", "orders", "people", "cards", "email", "note", "towns",
            "\"Q r\"", "t1", "t2", "secret", "start", "option", "model");
    private static final List<String> COLUMNS = List.of(
            "c1",
            "c2",
            "c3",
            "v",
            "w",
            "email",
            "phone",
            "name",
            "id",
            "note",
            "salary",
            "start",
            "option",
            "\"Mixed Case\"",
            "total",
            "town",
            "n",
            "value");

    private final Dice dice;
    private final boolean doubleQuotes;
    private int fresh;

    Names(Dice dice, Grammar grammar) {
        this.dice = dice;
        this.doubleQuotes = grammar.postgres();
    }

    String alias(Frame frame) {
        for (int i = 0; i < 4; i++) {
            String alias = quoted(dice.pick(ALIASES));
            if (!frame.has(alias)) {
                return alias;
            }
        }
        return "t" + ++fresh + "_";
    }

    String column() {
        return quoted(dice.pick(COLUMNS));
    }

    String freshColumn() {
        return "k" + ++fresh;
    }

    private String quoted(String name) {
        // MySQL reserves the word.
        String own = name.equals("option") ? "`option`" : name.replace('"', '`');
        return doubleQuotes ? name : own;
    }
}
