package io.sallyport.http.apache4;

import io.sallyport.http.HttpCall;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/** {@code ClientExecChain.execute}. */
public final class ExecuteAdvice {

    private ExecuteAdvice() {}

    /** @return the call */
    @Advice.OnMethodEnter(inline = false)
    public static Object enter(
            @Advice.This Object exec,
            @Advice.Argument(0) Object route,
            @Advice.Argument(1) Object request,
            @Advice.Argument(2) Object context,
            @Advice.Argument(3) @Nullable Object execution)
            throws IOException {
        return ClientCall.sending(
                exec, (HttpRoute) route, (HttpRequestWrapper) request, (HttpClientContext) context, (HttpExecutionAware)
                        execution);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter Object call,
            @Advice.Return @Nullable Object response,
            @Advice.Thrown @Nullable Throwable thrown)
            throws IOException {
        ClientCall.answered((HttpCall) call, (HttpResponse) response, thrown);
    }
}
