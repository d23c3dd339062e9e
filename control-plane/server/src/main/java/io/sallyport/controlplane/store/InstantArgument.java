package io.sallyport.controlplane.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Binds instants as {@code TIMESTAMP WITH TIME ZONE} in UTC. The way through {@link java.sql.Timestamp} would depend on the
 * process's time zone and lose an hour of each autumn.
 */
final class InstantArgument extends AbstractArgumentFactory<Instant> {

    InstantArgument() {
        super(Types.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
        OffsetDateTime stored = value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        return (position, statement, context) -> statement.setObject(position, stored);
    }

    static @Nullable Instant read(ResultSet rows, int column, StatementContext context) throws SQLException {
        OffsetDateTime stored = rows.getObject(column, OffsetDateTime.class);
        return stored == null ? null : stored.toInstant();
    }
}
