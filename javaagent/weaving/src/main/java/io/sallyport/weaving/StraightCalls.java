package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Links a library's own calls of a guarded getter to the field behind it; see {@link Weave#straight}. Linked with the caller's rights,
 * and for callers from the getter's own loader and jar, so nothing is opened that its package, or a class of its module, could not read by
 * itself.
 *
 * @param owner internal name of the class that declares getter and field
 */
record StraightCalls(WeaveModule module, String owner, String getter, String field)
        implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {

    private static final Handle LINK = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(SallyportGate.class),
            "link",
            MethodType.methodType(
                            CallSite.class, MethodHandles.Lookup.class, String.class, MethodType.class, Object[].class)
                    .toMethodDescriptorString(),
            false);

    @Override
    public MethodVisitor wrap(
            TypeDescription type,
            MethodDescription method,
            MethodVisitor next,
            Implementation.Context context,
            TypePool pool,
            int writerFlags,
            int readerFlags) {
        return new MethodVisitor(OpenedClassReader.ASM_API, next) {
            @Override
            public void visitMethodInsn(int opcode, String of, String name, String descriptor, boolean isInterface) {
                if (of.equals(owner) && name.equals(getter) && descriptor.startsWith("()")) {
                    super.visitInvokeDynamicInsn(
                            name,
                            "(L" + owner + ";" + descriptor.substring(1),
                            LINK,
                            module.idiom().argument(),
                            module.name(),
                            "",
                            field);
                } else {
                    super.visitMethodInsn(opcode, of, name, descriptor, isInterface);
                }
            }
        };
    }
}
