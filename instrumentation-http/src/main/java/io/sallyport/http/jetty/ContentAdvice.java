package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** {@code ResponseListeners.notifyContentSource}. */
public final class ContentAdvice {

    private ContentAdvice() {}

    /** @return the source to read from */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 1, typing = Typing.DYNAMIC))
    public static Object enter(@Advice.Argument(0) @Nullable Object response, @Advice.Argument(1) Object source) {
        return JettyCall.content((Response) response, (Content.Source) source);
    }
}
