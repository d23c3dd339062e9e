package io.sallyport.weaving;

import net.bytebuddy.asm.Advice;

/** Cannot be initialised, so its call sites cannot be linked. */
public final class BrokenAdvice {

    static final int BROKEN = Integer.parseInt("not a number");

    private BrokenAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter() {}
}
