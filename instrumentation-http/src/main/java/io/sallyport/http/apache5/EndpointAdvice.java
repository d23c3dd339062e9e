package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.HttpRoute;

/** {@code InternalExecRuntime.acquireEndpoint}. */
public final class EndpointAdvice {

    private EndpointAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object runtime, @Advice.Argument(1) Object route) {
        ClassicCall.of(runtime).route((HttpRoute) route);
    }
}
