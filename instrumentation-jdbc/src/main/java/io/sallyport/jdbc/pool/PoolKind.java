package io.sallyport.jdbc.pool;

import static io.sallyport.jdbc.pool.PoolSetting.abandoning;
import static io.sallyport.jdbc.pool.PoolSetting.borrowing;
import static io.sallyport.jdbc.pool.PoolSetting.reporting;
import static io.sallyport.jdbc.pool.PoolSetting.retiring;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pools whose timeouts are known. Getters as in HikariCP 2.4 to 7, DBCP 2.0 to 2.14, Tomcat JDBC 7 to 11 and c3p0 0.9.5 to 0.14. */
public enum PoolKind {
    HIKARI(
            "HikariCP",
            "com.zaxxer.hikari.HikariDataSource",
            "getPoolName",
            List.of(
                    borrowing("connectionTimeout", "getConnectionTimeout", MILLIS),
                    reporting("leakDetectionThreshold", "getLeakDetectionThreshold", MILLIS),
                    retiring("maxLifetime", "getMaxLifetime", MILLIS))),
    DBCP2(
            "Commons DBCP",
            "org.apache.commons.dbcp2.BasicDataSource",
            "getJmxName",
            List.of(
                    borrowing("maxWaitMillis", "getMaxWaitMillis", MILLIS),
                    abandoning(
                            "removeAbandonedTimeout",
                            "getRemoveAbandonedTimeout",
                            SECONDS,
                            "getRemoveAbandonedOnBorrow",
                            "getRemoveAbandonedOnMaintenance"),
                    retiring("maxConnLifetimeMillis", "getMaxConnLifetimeMillis", MILLIS))),
    TOMCAT(
            "Tomcat JDBC",
            "org.apache.tomcat.jdbc.pool.DataSourceProxy",
            "getName",
            List.of(
                    borrowing("maxWait", "getMaxWait", MILLIS),
                    abandoning("removeAbandonedTimeout", "getRemoveAbandonedTimeout", SECONDS, "isRemoveAbandoned"),
                    reporting("suspectTimeout", "getSuspectTimeout", SECONDS),
                    retiring("maxAge", "getMaxAge", MILLIS))),
    C3P0(
            "c3p0",
            "com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource",
            "getDataSourceName",
            List.of(
                    borrowing("checkoutTimeout", "getCheckoutTimeout", MILLIS),
                    abandoning("unreturnedConnectionTimeout", "getUnreturnedConnectionTimeout", SECONDS),
                    retiring("maxConnectionAge", "getMaxConnectionAge", SECONDS)));

    private final String words;
    private final String type;
    private final String naming;
    private final List<PoolSetting> settings;

    PoolKind(String words, String type, String naming, List<PoolSetting> settings) {
        this.words = words;
        this.type = type;
        this.naming = naming;
        this.settings = settings;
    }

    /** The class whose {@code getConnection} lends connections. */
    public String type() {
        return type;
    }

    List<PoolSetting> settings() {
        return settings;
    }

    /** What kind of pool {@code source}, or a class above it, is; {@code null} where it is none of these. */
    static @Nullable PoolKind of(Object source) {
        for (Class<?> c = source.getClass(); c != null; c = c.getSuperclass()) {
            for (PoolKind kind : values()) {
                if (kind.type.equals(c.getName())) {
                    return kind;
                }
            }
        }
        return null;
    }

    /** The pool's name, as people gave it. */
    String name(Object pool) {
        try {
            Object own = PoolSetting.answer(pool, naming);
            return own == null ? words : words + " pool " + own;
        } catch (ReflectiveOperationException nameless) {
            return words;
        }
    }
}
