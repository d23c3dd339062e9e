package io.sallyport.http.tls;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** A handshake is complete; the caller of {@code startHandshake}, {@code read}, {@code write}, {@code wrap} or {@code unwrap} waits. */
public final class FinishHandshakeAdvice {

    private FinishHandshakeAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.FieldValue(value = "transport", typing = Typing.DYNAMIC) Object transport,
            @Advice.FieldValue(value = "conSession", typing = Typing.DYNAMIC) Object session,
            @Advice.FieldValue(value = "sslContext", typing = Typing.DYNAMIC) Object context)
            throws IOException {
        HandshakeTruth.judge(transport, session, context);
    }
}
