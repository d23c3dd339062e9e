package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.MethodVisitor;

/** Advice that is called before and after a method. */
public record AdviceCall(AdviceClass advice, CallSite site, Fields fields) implements Part {

    @Override
    public int locals(WovenMethod method) {
        return CallWriter.locals(method, advice);
    }

    @Override
    public MethodVisitor over(WovenMethod method, MethodVisitor next) {
        return new CallWriter(method, next, advice, site, fields);
    }
}
