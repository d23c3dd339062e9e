package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.HandshakeCheck;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** A handshake of the JDK's TLS is complete. */
public final class HandshakeAdvice {

    private HandshakeAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.FieldValue(value = "transport", typing = Typing.DYNAMIC) Object transport,
            @Advice.FieldValue(value = "conSession", typing = Typing.DYNAMIC) Object session)
            throws IOException {
        HandshakeCheck.finished(transport, session);
    }
}
