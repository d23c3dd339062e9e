package io.sallyport.http.urlconnection;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code MessageHeader.print}: the head of a request is written. */
public final class HeadAdvice {

    private HeadAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.FieldValue("keys") String[] names,
            @Advice.FieldValue("values") String[] values,
            @Advice.FieldValue("nkeys") int count)
            throws IOException {
        UrlSocket.head(names, values, count);
    }
}
