package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.ConnectFlow;
import io.sallyport.jdbc.connect.ParsedConnect;
import io.sallyport.jdbc.vendor.MariadbUrlReader;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Driver.connect(Configuration)}, static: where drivers, data sources and the driver's own pool end. */
public final class ConnectAdvice {

    private ConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 0, index = 1, typing = Typing.DYNAMIC))
    public static @Nullable Object @Nullable [] enter(@Advice.Argument(0) Object configuration) throws SQLException {
        Codecs.demandOwn(configuration);
        return ParsedConnect.enter(
                MariadbUrlReader.INSTANCE.of(configuration),
                Raised.isPooled(configuration),
                configuration,
                changes -> Raised.configuration(configuration, changes));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object @Nullable [] entered,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        ConnectFlow.exit(entered == null ? null : entered[0], returned, thrown);
    }
}
