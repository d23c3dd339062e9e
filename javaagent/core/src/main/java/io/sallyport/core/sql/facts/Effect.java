package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.SqlFacts;

/** Effects that statements and functions share, with the risk each carries. */
enum Effect {
    /** Server or driver reads or writes a file, opens a connection of its own, or runs a program. */
    FILE(Risk.CRITICAL, new SqlFacts(false, false, false, false, true, false, false, false)),
    FILE_WRITE(Risk.CRITICAL, new SqlFacts(false, false, false, false, true, false, true, false)),
    /** Runs SQL or code that isn't in the text. */
    OPAQUE(Risk.HIGH, SqlFacts.OPAQUE),
    /** Runs unseen SQL on another server. */
    REMOTE(Risk.CRITICAL, new SqlFacts(false, false, false, false, true, false, true, true)),
    PRIVILEGE(Risk.HIGH, new SqlFacts(false, false, false, true, false, false, false, false)),
    PRIVILEGE_WRITE(Risk.HIGH, new SqlFacts(false, false, false, true, false, false, true, false)),
    /** Changes the server or another session. */
    ADMIN(Risk.HIGH, SqlFacts.NONE),
    ADMIN_WRITE(Risk.HIGH, new SqlFacts(false, false, false, false, false, false, true, false)),
    SHUTDOWN(Risk.CRITICAL, SqlFacts.NONE),
    WRITE(Risk.LOW, new SqlFacts(false, false, false, false, false, false, true, false)),
    UNBOUNDED(Risk.CRITICAL, new SqlFacts(false, true, false, false, false, false, true, false)),
    DDL(Risk.LOW, new SqlFacts(false, false, true, false, false, false, true, false)),
    DDL_HIGH(Risk.HIGH, new SqlFacts(false, false, true, false, false, false, true, false)),
    DROP(Risk.CRITICAL, new SqlFacts(true, false, true, false, false, false, true, false)),
    EMPTY(Risk.CRITICAL, new SqlFacts(true, false, false, false, false, false, true, false)),
    NOTHING(Risk.NONE, SqlFacts.NONE),
    LITTLE(Risk.LOW, SqlFacts.NONE);

    final Risk risk;
    final SqlFacts facts;

    Effect(Risk risk, SqlFacts facts) {
        this.risk = risk;
        this.facts = facts;
    }
}
