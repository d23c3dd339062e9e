package io.sallyport.http.apache5;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.HttpRequest;

/** {@code ConnectExec.execute}. */
public final class ConnectAdvice {

    private ConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object request, @Advice.Argument(1) Object scope) throws IOException {
        ClassicCall.connecting((HttpRequest) request, (ExecChain.Scope) scope);
    }
}
