package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.SqlFacts;

/** The facts of a statement that a policy can name. */
public enum Fact {
    DESTRUCTIVE("destructive"),
    UNBOUNDED_WRITE("unboundedWrite"),
    DDL("ddl"),
    PRIVILEGE("privilege"),
    FILE_OR_OS_ACCESS("fileOrOsAccess"),
    MULTI("multi"),
    WRITES("writes"),
    OPAQUE("opaque"),
    /** Depends on the policy's masks, and is not among {@link SqlFacts}. */
    COPIES_SENSITIVE("copiesSensitive"),
    /** A masked column decides which rows come back; depends on the policy's masks as well. */
    INFERENCE("inference");

    private final String key;

    Fact(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    boolean of(SqlFacts facts) {
        return switch (this) {
            case DESTRUCTIVE -> facts.destructive();
            case UNBOUNDED_WRITE -> facts.unboundedWrite();
            case DDL -> facts.ddl();
            case PRIVILEGE -> facts.privilege();
            case FILE_OR_OS_ACCESS -> facts.fileOrOsAccess();
            case MULTI -> facts.multi();
            case WRITES -> facts.writes();
            case OPAQUE -> facts.opaque();
            case COPIES_SENSITIVE, INFERENCE -> false;
        };
    }
}
