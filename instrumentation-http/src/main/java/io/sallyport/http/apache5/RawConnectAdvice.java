package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * {@code AbstractHttpAsyncClientBase.connect}: since 5.5 a client is a {@code ConnectionInitiator} for whoever casts it, and hands out bare
 * sessions of its own reactor, on which no request is seen. The client itself asks its reactor.
 */
public final class RawConnectAdvice {

    private RawConnectAdvice() {}

    /** @return the future of a connection that is refused, or {@code null}: go on */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(
            @Advice.Argument(0) @Nullable Object endpoint, @Advice.Argument(5) @Nullable Object callback) {
        return RawConnects.refused(endpoint, callback);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter @Nullable Object entered, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return entered == null ? returned : entered;
    }
}
