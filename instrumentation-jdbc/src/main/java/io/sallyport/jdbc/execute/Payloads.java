package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.weaving.StateField;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that a server sends by itself: payloads of PostgreSQL's NOTIFY. Whoever sent one may have put a stored value into it (a
 * trigger with {@code row_to_json(NEW)} is the common case), so a payload is read like a column of which nobody knows where it comes
 * from: every mask that could apply does. A policy shows them as they came with {@code connect: {allow: ["postgresql:getNotifications"]}}.
 */
public final class Payloads {

    /** Nothing is masked. */
    public static final Payloads CLEAR = new Payloads(null);

    private static final String DOOR = "postgresql:getNotifications";
    /** Stands for the read: of a cursor nothing is known either. */
    private static final String READ = "FETCH ALL FROM pg_notification";

    private static final List<ResultColumn> COLUMN = List.of(new ResultColumn("payload", null, null, null));

    private final @Nullable ColumnMask mask;

    private Payloads(@Nullable ColumnMask mask) {
        this.mask = mask;
    }

    /**
     * What payloads that are about to be handed out are shown as.
     *
     * @param carrier the driver's object that received them; one that no connection owns shows nothing
     */
    public static Payloads of(Object carrier) throws SQLException {
        if (Jdbc.current().gate().allowedConnectSettings().contains(DOOR)) {
            return CLEAR;
        }
        ConnectionState connection = StateField.get(carrier, ConnectionState.class);
        if (connection == null) {
            return new Payloads(new Nothing());
        }
        try {
            Passage passage = Jdbc.current().gate().admitNested(command(connection));
            passage.completed(-1);
            ColumnMaskPlan plan = passage.obligations().columns();
            @Nullable ColumnMask[] masks = plan == ColumnMaskPlan.NONE ? null : plan.bind(COLUMN);
            return masks == null || masks[0] == null ? CLEAR : new Payloads(masks[0]);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    private static SqlCommand command(ConnectionState connection) {
        SqlAnalysis read = Executions.analyse(connection, READ);
        return new SqlCommand(
                connection.target(),
                connection.session(),
                Jdbc.current().callSites().of(read),
                read,
                List.of(),
                connection.transaction());
    }

    /** Never the payload because of a failure; empty where nothing can be shown, as PostgreSQL sends it for none. */
    public String shown(String payload) {
        ColumnMask known = mask;
        if (known == null || payload.isEmpty()) {
            return payload;
        }
        try {
            return known.apply(payload, String.class) instanceof String masked ? masked : "";
        } catch (RuntimeException failed) {
            return "";
        }
    }

    private static final class Nothing implements ColumnMask {
        @Override
        public String rule() {
            return "unknown-connection";
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, Class<?> requested) {
            return null;
        }
    }
}
