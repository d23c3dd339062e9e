package io.sallyport.controlplane.signin;

import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.signin.SignInException.Reason;
import io.sallyport.controlplane.store.Database;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Takes each SAML assertion once, on whichever replica (SAML Profiles, section 4.1.4.5). Thread-safe. */
public final class AssertionLedger {

    /** Longer than any clock difference that is tolerated. */
    private static final Duration KEPT_AFTER_END = Duration.ofMinutes(30);

    private final Database database;
    private final Clock clock;

    public AssertionLedger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws SignInException when it was taken before */
    void take(String issuer, String assertion, Instant ends) throws SignInException {
        try {
            database.run(tx -> tx.update("insert into saml_assertion (id, ends_at) values (:id, :ends)")
                    .bind("id", Secrets.hash(issuer + " " + assertion))
                    .bind("ends", ends.plus(KEPT_AFTER_END))
                    .execute());
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith("23")) {
                throw new SignInException(Reason.REFUSED, "the assertion was used before");
            }
            throw e;
        }
    }

    /** Forgets those that have ended; called now and then. */
    public void sweep() {
        database.run(tx -> tx.update("delete from saml_assertion where ends_at < :now")
                .bind("now", clock.instant())
                .execute());
    }
}
