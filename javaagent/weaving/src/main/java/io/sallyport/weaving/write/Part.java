package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.MethodVisitor;

/** Something that is woven into methods: {@link AdviceCall}, {@link GuardedRead}, {@link StraightCalls}. */
public sealed interface Part permits AdviceCall, GuardedRead, StraightCalls {

    /** How many local variables it adds at most. */
    int locals(WovenMethod method);

    /** Weaves it into what passes on its way to {@code next}. */
    MethodVisitor over(WovenMethod method, MethodVisitor next);
}
