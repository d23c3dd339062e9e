package io.sallyport.http.jdk;

import java.net.Proxy;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code HttpRequestImpl.retrieveProxy}. */
public final class ProxyAdvice {

    private ProxyAdvice() {}

    /** @return what the call's decision was told; {@code null}: go on */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Proxy enter() {
        return JdkProxy.take();
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static @Nullable Proxy exit(@Advice.Enter @Nullable Proxy chosen, @Advice.Return @Nullable Proxy own) {
        return chosen == null ? own : chosen.address() == null ? null : chosen;
    }
}
