package io.sallyport.it.lineage;

import java.util.List;

/** What a dialect can say, from the files of its folder. */
record Grammar(
        String dialect,
        Shop shop,
        Templates expressions,
        Templates literals,
        Templates aggregates,
        Templates windows,
        List<String> functions,
        List<String> writes) {

    static Grammar read(String dialect) {
        return new Grammar(
                dialect,
                Shop.read(dialect),
                Templates.read(dialect, "expressions"),
                Templates.read(dialect, "literals"),
                Templates.read(dialect, "aggregates"),
                Templates.read(dialect, "windows"),
                Templates.lines(dialect, "functions"),
                Templates.lines(dialect, "writes"));
    }

    boolean postgres() {
        return dialect.equals("postgresql");
    }
}
