package io.sallyport.jdbc.state;

import org.jspecify.annotations.Nullable;

/**
 * How much the open transaction of a connection has done. Written by the thread that executes, which drivers let be one at a time; read
 * by others for what they show people only.
 */
public final class TransactionWork {

    private volatile long statements;
    private volatile long rows;
    private volatile boolean rowsUnknown;
    private volatile long since;

    /**
     * @param ran number of statements
     * @param changed rows that they changed; 0 where they only read, -1 where the driver did not say
     */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    public void ran(int ran, long changed) {
        if (statements == 0) {
            since = System.nanoTime();
        }
        statements += ran;
        if (changed < 0) {
            rowsUnknown = true;
        } else {
            rows += changed;
        }
    }

    void clear() {
        if (statements != 0) {
            statements = 0;
            rows = 0;
            rowsUnknown = false;
        }
    }

    public boolean isEmpty() {
        return statements == 0;
    }

    /** Rows changed; -1 where a driver did not say. */
    public long rows() {
        return rowsUnknown ? -1 : rows;
    }

    /** For how long it is open, counted from its first statement; {@code null} where none ran. */
    public @Nullable Long openNanos() {
        return statements == 0 ? null : Long.valueOf(System.nanoTime() - since);
    }

    /** {@code 2 statements, 7 rows changed}. */
    public String words() {
        return statements
                + (statements == 1 ? " statement, " : " statements, ")
                + (rowsUnknown ? "at least " : "")
                + rows
                + (rows == 1 && !rowsUnknown ? " row changed" : " rows changed");
    }
}
