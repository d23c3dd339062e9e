package io.sallyport.http.tls;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code write(byte[], int, int)} of the output of an {@code SSLSocket} of the JDK, which every write of an application ends in. */
public final class SocketWriteAdvice {

    private SocketWriteAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.FieldValue(value = "this$0", typing = Typing.DYNAMIC) Object socket)
            throws IOException {
        HandshakeTruth.using(socket);
    }
}
