package io.sallyport.weaving.gong;

import io.example.bells.Bell;
import java.util.concurrent.Callable;
import net.bytebuddy.asm.Advice;

/** Needs {@code Bell.ring}. */
public final class BeforeAdvice {

    private BeforeAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static Object enter(@Advice.Argument(0) Object by) throws Exception {
        return by instanceof Bell bell ? bell.ring() : ((Callable<?>) by).call();
    }
}
