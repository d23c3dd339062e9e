package io.sallyport.jdbc.mysql;

import io.sallyport.jdbc.execute.DriverCalls;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * {@code setQueryComment(String)}, where {@code setStatementComment} and {@code Connection.setClientInfo} end: the driver puts the
 * text between comment signs before each statement and does not look at it.
 */
public final class QueryCommentAdvice {

    private QueryCommentAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) @Nullable String comment) throws SQLException {
        if (comment != null && comment.contains("*/")) {
            DriverCalls.refuse(
                    "mysql", "a statement comment that ends its own comment would run as SQL. Leave \"*/\" out.");
        }
    }
}
