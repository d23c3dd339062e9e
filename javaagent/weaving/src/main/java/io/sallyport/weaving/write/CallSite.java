package io.sallyport.weaving.write;

import io.sallyport.bootstrap.SallyportGate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * An {@code invokedynamic} that {@link SallyportGate#link} resolves.
 *
 * @param idiom how a site refuses that cannot be linked
 * @param module name of the module whose advice is called
 */
public record CallSite(String idiom, String module) {

    private static final Handle LINK = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(SallyportGate.class),
            "link",
            MethodType.methodType(
                            java.lang.invoke.CallSite.class,
                            MethodHandles.Lookup.class,
                            String.class,
                            MethodType.class,
                            Object[].class)
                    .toMethodDescriptorString(),
            false);

    /** Calls a method of an advice class. */
    void call(MethodVisitor to, String name, String descriptor, String advice) {
        to.visitInvokeDynamicInsn(name, descriptor, LINK, idiom, module, advice);
    }

    /** Calls a getter, or reads the field behind it. */
    void straight(MethodVisitor to, String getter, String descriptor, String field) {
        to.visitInvokeDynamicInsn(getter, descriptor, LINK, idiom, module, "", field);
    }
}
