package io.sallyport.http.apache4;

import io.sallyport.http.HttpRefusals;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code retryRequest}. */
public final class RetryAdvice {

    private RetryAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
    public static boolean exit(@Advice.Argument(0) IOException failure, @Advice.Return boolean retry) {
        return retry && !HttpRefusals.isRefusal(failure);
    }
}
