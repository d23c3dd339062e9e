package io.sallyport.core.sql;

import java.util.Locale;

/** How much harm a statement can do, in ascending order. */
public enum Risk {
    NONE,
    LOW,
    HIGH,
    CRITICAL;

    /** The name used in records and on the command line. */
    public String policyName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
