package io.sallyport.http.apache4;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.apache.http.impl.client.RoutedRequest;
import org.jspecify.annotations.Nullable;

/** {@code DefaultRequestDirector.handleResponse}: tells the request that a redirect or a challenge leads to. */
public final class FollowUpAdvice {

    private FollowUpAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @SuppressWarnings("deprecation")
    public static void exit(@Advice.Return @Nullable Object next) throws IOException {
        if (next instanceof RoutedRequest routed) {
            ClientCall.unmasked(routed.getRoute().getTargetHost(), routed.getRequest());
        }
    }
}
