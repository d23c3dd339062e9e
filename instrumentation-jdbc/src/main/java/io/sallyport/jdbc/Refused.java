package io.sallyport.jdbc;

import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;

/**
 * Refusals in the words of JDBC: plain {@code java.sql} exceptions, which every caller handles and which can be serialised. The
 * SQLState is 42501 (insufficient privilege); a caller that gave up itself gets 57014 (query cancelled).
 */
public final class Refused {

    public static final String DENIED = "42501";
    private static final String CANCELLED = "57014";

    private Refused() {}

    public static SQLException translate(RefusedException refused) {
        Refusal refusal = refused.refusal();
        String message = refusal.describe();
        return switch (refusal.reason()) {
            case EXPIRED -> new SQLTimeoutException(message, DENIED);
            case STILL_WAITING -> new SQLTransientException(message, DENIED);
            case WITHDRAWN -> new SQLException(message, CANCELLED);
            case DENIED, NOT_APPROVED, TLS, FAILED -> new SQLException(message, DENIED);
        };
    }
}
