package io.sallyport.http.apache5;

import io.sallyport.http.HttpRefusals;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code retryRequest} after a failure. */
public final class RetryAdvice {

    private RetryAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
    public static boolean exit(@Advice.Argument(1) IOException failure, @Advice.Return boolean retry) {
        return retry && !HttpRefusals.isRefusal(failure);
    }
}
