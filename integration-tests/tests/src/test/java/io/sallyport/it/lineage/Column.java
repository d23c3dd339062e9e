package io.sallyport.it.lineage;

/**
 * A column of something in FROM.
 *
 * @param name as SQL wants it, quotes included; empty where it has none that can be written
 * @param tainted see {@link Expr#tainted}
 * @param copied see {@link Expr#copied}
 */
record Column(String name, Type type, boolean tainted, boolean copied) {

    Column named(String newName) {
        return new Column(newName, type, tainted, copied);
    }

    Column plus(boolean moreTaint) {
        return moreTaint ? new Column(name, type, true, false) : this;
    }
}
