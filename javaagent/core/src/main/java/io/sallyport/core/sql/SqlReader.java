package io.sallyport.core.sql;

/**
 * Reads statements. Thread-safe; results are cached by dialect, catalogue and exact text, bounded by entries and bytes.
 *
 * <p>Never throws on any input: a text that cannot be understood comes back opaque.
 */
public interface SqlReader {

    /** What {@code sql} does when it is sent to a server of {@code dialect} whose schema is {@code catalogue}. */
    SqlAnalysis read(Dialect dialect, String sql, Catalogue catalogue);
}
