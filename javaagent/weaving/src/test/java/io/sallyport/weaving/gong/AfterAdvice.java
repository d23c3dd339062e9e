package io.sallyport.weaving.gong;

import io.example.bells.Bell;
import net.bytebuddy.asm.Advice;

/** Needs {@code Bell.ring}, and replaces what was returned, by {@code null} as well. */
public final class AfterAdvice {

    private AfterAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
    public static String exit(@Advice.Argument(0) Object by, @Advice.Return String returned) {
        return returned + " " + ((Bell) by).ring();
    }
}
