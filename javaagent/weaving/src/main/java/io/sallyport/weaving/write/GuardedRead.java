package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * A getter that looks at its carrier's state.
 *
 * @param inField whether the state is in the injected field; otherwise every call takes the slow path, which finds it in the weak map
 */
public record GuardedRead(boolean inField) implements Part {

    @Override
    public int locals(WovenMethod method) {
        return ReadWriter.locals(method);
    }

    @Override
    public MethodVisitor over(WovenMethod method, MethodVisitor next) {
        return new ReadWriter(method, next, inField);
    }
}
