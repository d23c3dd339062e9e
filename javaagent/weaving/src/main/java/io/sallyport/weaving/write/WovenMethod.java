package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A method that is woven.
 *
 * @param owner internal name of its class
 * @param maxLocals how many local variables it has, with what was woven into it before
 */
public record WovenMethod(String owner, int access, String name, String descriptor, int maxLocals) {

    boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    Type returned() {
        return Type.getReturnType(descriptor);
    }

    Type[] arguments() {
        return Type.getArgumentTypes(descriptor);
    }

    /** The local variable that argument {@code index} is in. */
    int slot(int index) {
        int slot = isStatic() ? 0 : 1;
        Type[] arguments = arguments();
        for (int i = 0; i < index; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }
}
