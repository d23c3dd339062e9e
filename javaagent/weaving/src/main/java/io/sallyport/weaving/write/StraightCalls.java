package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Links a library's own calls of a guarded getter to the field behind it; see {@link io.sallyport.weaving.Weave#straight}. Linked with the
 * caller's rights, and for callers from the getter's own loader and jar, so nothing is opened that its package, or a class of its module,
 * could not read by itself.
 *
 * @param owner internal name of the class that declares getter and field
 */
public record StraightCalls(CallSite site, String owner, String getter, String field) implements Part {

    @Override
    public int locals(WovenMethod method) {
        return 0;
    }

    @Override
    public MethodVisitor over(WovenMethod method, MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitMethodInsn(int opcode, String of, String name, String descriptor, boolean isInterface) {
                if (of.equals(owner) && name.equals(getter) && descriptor.startsWith("()")) {
                    site.straight(mv, name, "(L" + owner + ";" + descriptor.substring(1), field);
                } else {
                    super.visitMethodInsn(opcode, of, name, descriptor, isInterface);
                }
            }
        };
    }
}
