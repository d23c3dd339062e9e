package io.sallyport.core.sql;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a statement makes of the transaction that it runs in, by its own word (COMMIT, ROLLBACK and their like) or because the server
 * commits by itself ({@link ImplicitCommit}).
 *
 * <table>
 * <caption>Words</caption>
 * <tr><th>statement</th><th>step</th></tr>
 * <tr><td>SELECT, INSERT …; SAVEPOINT, RELEASE, SAVE; ROLLBACK TO, ROLLBACK PREPARED</td><td>{@link #GOES_ON}</td></tr>
 * <tr><td>BEGIN, START TRANSACTION, SET TRANSACTION, COMMIT PREPARED, … AND CHAIN, XA START; several statements with such a word
 * among them; what servers or their settings differ in, or of unknown effect</td><td>{@link #MAY_COMMIT}</td></tr>
 * <tr><td>DDL of H2, MySQL and Oracle</td><td>{@link #COMMITS_BEFORE}</td></tr>
 * <tr><td>COMMIT, END, XA COMMIT</td><td>{@link #COMMITS}</td></tr>
 * <tr><td>PREPARE TRANSACTION, XA PREPARE</td><td>{@link #PREPARES}</td></tr>
 * <tr><td>XA END</td><td>{@link #SUSPENDS}</td></tr>
 * <tr><td>ROLLBACK, ABORT, XA ROLLBACK</td><td>{@link #UNDOES}</td></tr>
 * </table>
 */
public enum TransactionStep {
    /** The transaction stays open, with all or a part of what was done. */
    GOES_ON(false, false),
    /** What came before may be committed, and another transaction may be open afterwards. */
    MAY_COMMIT(true, false),
    /** The server commits what came before and then does something else. */
    COMMITS_BEFORE(true, false),
    /** It is committed as a whole, and none is open. */
    COMMITS(true, true),
    /** It is made ready for a commit that may come from another session, and is this session's no more. */
    PREPARES(true, true),
    /** MySQL: a branch takes no more statements; without this it cannot be rolled back. */
    SUSPENDS(true, false),
    /** It is rolled back as a whole, and none is open. */
    UNDOES(false, true);

    private static final String WHOLE = "( WORK| TRANSACTION| TRAN)?( AND NO CHAIN)?( NO)?( RELEASE)? *;? *$";

    /** MySQL's XA names the transaction always, and takes none but the session's own while it has one. */
    private static final Pattern COMMIT = word("(COMMIT|END)" + WHOLE + "|XA COMMIT ");

    private static final Pattern UNDO = word("(ROLLBACK|ABORT)" + WHOLE + "|XA ROLLBACK ");
    private static final Pattern PREPARE = word("PREPARE TRANSACTION\\b|XA PREPARE ");
    private static final Pattern SUSPEND = word("XA END ");
    private static final Pattern STAY = word("(SAVEPOINT|RELEASE|ROLLBACK|ABORT|SAVE)\\b");

    private final boolean mayCommit;
    private final boolean ends;

    TransactionStep(boolean mayCommit, boolean ends) {
        this.mayCommit = mayCommit;
        this.ends = ends;
    }

    /** Whether what came before may be kept by it, so that whoever has to approve that is asked first. */
    public boolean mayCommit() {
        return mayCommit;
    }

    /** Whether no transaction is open afterwards. */
    public boolean ends() {
        return ends;
    }

    private static Pattern word(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    static TransactionStep of(Dialect dialect, String sql, String shape, Set<StatementKind> kinds, SqlFacts facts) {
        if (kinds.contains(StatementKind.TRANSACTION)) {
            return kinds.size() == 1 ? said(shape.strip()) : MAY_COMMIT;
        }
        return ImplicitCommit.of(dialect, sql, shape, kinds, facts);
    }

    /** @param shape without comments and odd white space */
    private static TransactionStep said(String shape) {
        if (COMMIT.matcher(shape).lookingAt()) {
            return COMMITS;
        } else if (UNDO.matcher(shape).lookingAt()) {
            return UNDOES;
        } else if (PREPARE.matcher(shape).lookingAt()) {
            return PREPARES;
        } else if (SUSPEND.matcher(shape).lookingAt()) {
            return SUSPENDS;
        }
        return STAY.matcher(shape).lookingAt() ? GOES_ON : MAY_COMMIT;
    }
}
