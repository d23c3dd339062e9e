package io.sallyport.http.urlconnection;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToFields.ToField;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * {@code HttpClient.parseHTTP}, which reads an answer: where {@code sun.net.http.captureRules} has that written to a file, as it came, the
 * connection is written down no longer once an answer comes that a rule masks, or may refuse.
 */
public final class CaptureAdvice {

    private CaptureAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
    @Advice.AssignReturned.ToFields(@ToField(value = "capture", typing = Typing.DYNAMIC))
    public static @Nullable Object enter(
            @Advice.FieldValue(value = "capture", typing = Typing.DYNAMIC) @Nullable Object capture) {
        return capture == null || UrlCall.isWithheldHere() ? null : capture;
    }
}
