package io.sallyport.core.sql;

import java.util.List;

/**
 * What the agent knows of one target at this moment: the schema that was read from it, and the copies that statements made since the
 * process started. The one place that {@link SqlReader#read} gets its catalogue from. Thread-safe; {@link #current} is one volatile
 * read, and a new version is a new instance, so that whatever was worked out under an older one is found to be old by identity.
 */
public final class TargetCatalogue {
    /** Tables, views and variables whose copies are remembered. A workload that needs more makes names as it goes. */
    static final int MOST_HEIRS = 4096;

    private volatile Catalogue current = Catalogue.EMPTY;

    public Catalogue current() {
        return current;
    }

    /** The schema was read anew, or nothing is known of it any more ({@link Catalogue#EMPTY}). Copies stay known. */
    public synchronized void schema(Catalogue read) {
        Catalogue known = current;
        if (!known.tables().equals(read.tables()) || !known.views().equals(read.views())) {
            current = read.with(known.inheritance());
        }
    }

    /**
     * Statements copy sensitive values: what they write into is as sensitive from now on. To be called before they are sent.
     *
     * @return {@code false} where that cannot be remembered, because too much is: the statement must not be sent
     */
    public synchronized boolean inherit(List<Lineage.Copy> copies) {
        Inheritance more = current.inheritance().plus(copies);
        if (more.size() > MOST_HEIRS) {
            return false;
        }
        current = current.with(more);
        return true;
    }

    /** A table or view was dropped; its name may come to mean something else. */
    public synchronized void dropped(String table) {
        current = current.with(current.inheritance().minus(table));
    }
}
