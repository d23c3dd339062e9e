package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.read.HiddenObjects;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** {@code PgConnection.getObject(String type, String value, byte[])}: hands a value to a class that {@code addDataType} named. */
public final class ObjectAdvice {

    private ObjectAdvice() {}

    /** {@code true} leaves the method out: it answers NULL. */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(@Advice.This Object connection, @Advice.Argument(0) @Nullable String type) {
        Class<?> named = type == null
                ? null
                : ((BaseConnection) connection).getTypeInfo().getPGobject(type);
        // The driver's own classes show nobody what they are given.
        return named != null && !DriverCode.isOf(BaseConnection.class, named) && HiddenObjects.hide(connection);
    }
}
