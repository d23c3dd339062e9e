package io.sallyport.controlplane.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Has the embedded store opened anew after it closed its file, as H2 does when it cannot write. Its connections say of themselves that they are well
 * then, and would stay in the pool for ever; the file is opened by the first new one. Thread-safe.
 */
final class Reopening implements SQLExceptionOverride {

    private final DiskRoom room;
    private volatile @Nullable HikariDataSource pool;

    Reopening(DiskRoom room) {
        this.room = room;
    }

    void of(HikariDataSource opened) {
        pool = opened;
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        StoreFault fault = StoreFault.of(failure);
        if (fault == null) {
            return Override.CONTINUE_EVICT;
        }
        if (fault == StoreFault.CANNOT_WRITE) {
            room.missed();
        }
        HikariDataSource all = pool;
        if (all != null) {
            all.getHikariPoolMXBean().softEvictConnections();
        }
        return Override.MUST_EVICT;
    }
}
