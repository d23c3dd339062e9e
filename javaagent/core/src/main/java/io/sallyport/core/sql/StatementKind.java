package io.sallyport.core.sql;

import java.util.Locale;

/** What a statement, or a part of it, does; the values of {@code when.kind} in a policy. */
public enum StatementKind {
    READ,
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    TRUNCATE,
    DROP,
    CREATE,
    ALTER,
    GRANT_REVOKE,
    SESSION,
    TRANSACTION,
    CALL,
    DYNAMIC,
    COPY_LOAD,
    LOCK,
    EXPLAIN,
    ADMIN,
    MULTI;

    private final String policyName = name().toLowerCase(Locale.ROOT);

    /** The name used in policies, records and on the command line. */
    public String policyName() {
        return policyName;
    }
}
