package io.sallyport.weaving;

import io.sallyport.weaving.match.TypeInfo;
import io.sallyport.weaving.match.Types;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Class files from before Java 7, which cannot hold {@code invokedynamic}: they are rewritten as Java 7's, with the stack map frames
 * that its verifier wants. Drivers of long ago are compiled so (MySQL Connector/J 5.1), and a driver that is not woven is not
 * governed. What still has subroutines (compilers before Java 5) cannot be rewritten.
 */
final class OldClassFiles {

    private OldClassFiles() {}

    /** By its major version, JVMS 4.1. */
    static boolean isOld(byte[] classFile) {
        return ((classFile[6] & 0xff) << 8 | classFile[7] & 0xff) < Opcodes.V1_7;
    }

    /** @param types describes those that the class mentions */
    static byte[] raised(byte[] classFile, Types types) {
        ClassWriter writer = new Frames(types);
        new ClassReader(classFile).accept(new Raise(writer), ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    private static final class Raise extends ClassVisitor {

        Raise(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            super.visit(Opcodes.V1_7, access, name, signature, superName, interfaces);
        }
    }

    /** Finds common superclasses without loading a class. */
    private static final class Frames extends ClassWriter {

        private static final String OBJECT = "java/lang/Object";

        private final Types types;

        Frames(Types types) {
            super(COMPUTE_FRAMES);
            this.types = types;
        }

        @Override
        protected String getCommonSuperClass(String one, String other) {
            TypeInfo first = describe(one);
            TypeInfo second = describe(other);
            if (second.isSubtypeOf(first.name())) {
                return one;
            } else if (first.isSubtypeOf(second.name())) {
                return other;
            } else if (first.isInterface() || second.isInterface()) {
                return OBJECT;
            }
            for (TypeInfo c = first.superclass(); c != null; c = c.superclass()) {
                if (second.isSubtypeOf(c.name())) {
                    return c.internalName();
                }
            }
            return OBJECT;
        }

        private TypeInfo describe(String internalName) {
            return types.type(internalName.replace('/', '.'));
        }
    }
}
