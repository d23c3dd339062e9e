package io.sallyport.weaving.gong;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** Of a method whose callers hear of failures by its future. */
public final class LaterAdvice {

    private LaterAdvice() {}

    /** @return the future of a call that is not made now */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static Object enter(@Advice.Argument(0) Object by) throws Exception {
        BeforeAdvice.enter(by);
        return null;
    }

    public static Object refusedEnter(IOException why, Object by) {
        return CompletableFuture.failedFuture(why);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static Object exit(@Advice.Enter Object entered, @Advice.Return(typing = Typing.DYNAMIC) Object returned) {
        return entered == null ? returned : entered;
    }
}
