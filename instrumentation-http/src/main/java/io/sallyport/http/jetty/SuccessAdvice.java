package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.jspecify.annotations.Nullable;

/** {@code ResponseListeners.notifySuccess}: an answer whose content could not be masked to its end is a failure. */
public final class SuccessAdvice {

    private SuccessAdvice() {}

    /** @return the failure that was told instead: then the method does not run */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(@Advice.This Object listeners, @Advice.Argument(0) @Nullable Object response) {
        Throwable broken = JettyCall.broken((Response) response);
        if (broken != null) {
            ((ResponseListeners) listeners).notifyFailure((Response) response, broken);
        }
        return broken;
    }
}
