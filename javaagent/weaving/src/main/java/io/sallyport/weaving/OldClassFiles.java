package io.sallyport.weaving;

import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;

/**
 * Class files from before Java 7, which cannot hold {@code invokedynamic}: they are rewritten as Java 7's, with the stack map frames
 * that its verifier wants. Drivers of long ago are compiled so (MySQL Connector/J 5.1), and a driver that is not woven is not
 * governed. What still has subroutines (compilers before Java 5) cannot be rewritten.
 */
final class OldClassFiles {

    private OldClassFiles() {}

    static boolean isOld(TypeDescription type) {
        ClassFileVersion version = type.getClassFileVersion();
        return version != null && version.isLessThan(ClassFileVersion.JAVA_V7);
    }

    /** @param pool describes the types that the class mentions */
    static byte[] raised(byte[] classFile, TypePool pool) {
        ClassWriter writer = new Frames(pool);
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

        private final TypePool pool;

        Frames(TypePool pool) {
            super(COMPUTE_FRAMES);
            this.pool = pool;
        }

        @Override
        protected String getCommonSuperClass(String one, String other) {
            TypeDescription first = describe(one);
            TypeDescription second = describe(other);
            if (first.isAssignableFrom(second)) {
                return one;
            } else if (second.isAssignableFrom(first)) {
                return other;
            } else if (first.isInterface() || second.isInterface()) {
                return OBJECT;
            }
            for (TypeDefinition c = first.getSuperClass(); c != null; c = c.getSuperClass()) {
                if (c.asErasure().isAssignableFrom(second)) {
                    return c.asErasure().getInternalName();
                }
            }
            return OBJECT;
        }

        private TypeDescription describe(String internalName) {
            return pool.describe(internalName.replace('/', '.')).resolve();
        }
    }
}
