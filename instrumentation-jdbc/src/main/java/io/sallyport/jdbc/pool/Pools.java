package io.sallyport.jdbc.pool;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.PoolLink;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which pool lends which connection: noted when it is lent, which happens often, so what is known already costs a comparison. */
public final class Pools {

    /** Wrappers in wrappers. */
    private static final int DEEPEST = 4;

    private Pools() {}

    /** {@code source} lends {@code connection}. Whatever cannot be told about it is none of the application's troubles. */
    public static void lent(Object source, @Nullable Object connection) {
        if (connection instanceof Connection lent) {
            ConnectionState state = behind(lent);
            PoolLink known = state == null ? null : state.pool();
            if (state != null && (known == null || !known.isOf(source))) {
                PoolKind kind = PoolKind.of(source);
                if (kind != null) {
                    state.pool(new LendingPool(kind, source));
                }
            }
        }
    }

    private static @Nullable ConnectionState behind(Connection lent) {
        Connection next = lent;
        for (int i = 0; i < DEEPEST; i++) {
            ConnectionState state = Connections.known(next);
            if (state != null) {
                return state;
            }
            Connection inner = unwrapped(next);
            if (inner == null || inner == next) {
                return null;
            }
            next = inner;
        }
        return null;
    }

    private static @Nullable Connection unwrapped(Connection wrapper) {
        try {
            Connection inner = wrapper.unwrap(Connection.class);
            // DBCP's are their own answer, and tell the truth by another method.
            return inner == wrapper
                            && PoolSetting.answer(wrapper, "getInnermostDelegateInternal") instanceof Connection c
                    ? c
                    : inner;
        } catch (SQLException | ReflectiveOperationException | RuntimeException | LinkageError silent) {
            return null;
        }
    }
}
