package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;

/** {@code HttpResponse.trailer}. */
public final class TrailerAdvice {

    private TrailerAdvice() {}

    /** @return the response, if the field is left out: then the method does not run */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(@Advice.This Object response, @Advice.Argument(0) Object field) {
        return JettyCall.isUntrue((Response) response, (HttpField) field) ? response : null;
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter @Nullable Object without, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return without == null ? returned : without;
    }
}
