package io.sallyport.http.jetty;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;

/** {@code HttpDestination.send(HttpExchange)}. */
public final class SendAdvice {

    private SendAdvice() {}

    /** @return whether the exchange is held or refused: then the method does not run now */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(@Advice.This Object destination, @Advice.Argument(0) Object exchange) {
        return JettyCall.sending((HttpDestination) destination, (HttpExchange) exchange);
    }

    public static boolean refusedEnter(IOException why, Object destination, Object exchange) {
        ((HttpExchange) exchange).getRequest().abort(why);
        return true;
    }
}
