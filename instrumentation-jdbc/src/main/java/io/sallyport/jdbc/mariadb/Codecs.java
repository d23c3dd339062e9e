package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.execute.DriverOnly;
import java.sql.SQLException;

/** Converters of column values that an application adds to the driver ({@code META-INF/services}): they get values before any mask. */
public final class Codecs {

    private Codecs() {}

    /** The driver converts with its own classes only, unless the policy lists {@code mariadb:codecs}. */
    public static void demandOwn(Object configuration) throws SQLException {
        Object codecs;
        try {
            codecs = configuration.getClass().getMethod("codecs").invoke(configuration);
        } catch (NoSuchMethodException version2) {
            return;
        } catch (ReflectiveOperationException unknown) {
            DriverOnly.demandAllowed(configuration, "codecs");
            return;
        }
        if (codecs instanceof Object[] all) {
            for (Object codec : all) {
                if (codec != null && !DriverCode.isOf(configuration, codec.getClass())) {
                    DriverOnly.demandAllowed(configuration, "codecs");
                    return;
                }
            }
        }
    }
}
