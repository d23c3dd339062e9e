package io.sallyport.http.apache5;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToFields.ToField;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;

/** {@code ClientPushH2StreamHandler.consumePromise}: the promised request is known, and who takes its answer. */
public final class PushAdvice {

    private PushAdvice() {}

    /** @return who takes the answer */
    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToFields(@ToField(value = "exchangeHandler", typing = Typing.DYNAMIC))
    public static Object exit(
            @Advice.FieldValue(value = "request", typing = Typing.DYNAMIC) Object promised,
            @Advice.FieldValue(value = "exchangeHandler", typing = Typing.DYNAMIC) Object consumer)
            throws IOException {
        return GovernedPush.of((HttpRequest) promised, (AsyncPushConsumer) consumer);
    }
}
