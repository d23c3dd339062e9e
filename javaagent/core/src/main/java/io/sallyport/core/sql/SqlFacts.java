package io.sallyport.core.sql;

/**
 * What can be said of a statement without knowing a policy; each fact is the worst over all its parts (CTE bodies, EXPLAIN
 * ANALYZE, MERGE branches, COPY (…), every statement of a multi-statement text, executable comments).
 *
 * @param destructive drops or empties an object
 * @param unboundedWrite an UPDATE, DELETE or MERGE that reaches every row: no WHERE, or one that is always true
 * @param ddl changes a schema object
 * @param privilege changes or switches rights or identity
 * @param fileOrOsAccess server or driver touches a file or runs a program
 * @param multi the server would run more than one statement
 * @param writes changes persistent state
 * @param opaque the effect cannot be told from the text
 */
public record SqlFacts(
        boolean destructive,
        boolean unboundedWrite,
        boolean ddl,
        boolean privilege,
        boolean fileOrOsAccess,
        boolean multi,
        boolean writes,
        boolean opaque) {

    public static final SqlFacts NONE = new SqlFacts(false, false, false, false, false, false, false, false);

    /** Facts of a text nothing is known about. */
    public static final SqlFacts OPAQUE = new SqlFacts(false, false, false, false, false, false, true, true);

    /** The worse of both, fact by fact. */
    public SqlFacts or(SqlFacts o) {
        return new SqlFacts(
                destructive || o.destructive,
                unboundedWrite || o.unboundedWrite,
                ddl || o.ddl,
                privilege || o.privilege,
                fileOrOsAccess || o.fileOrOsAccess,
                multi || o.multi,
                writes || o.writes,
                opaque || o.opaque);
    }
}
