package io.sallyport.weaving.write;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Writes a class file with what is woven into it. */
public final class WovenClass {

    /** What is woven into a method. */
    public interface Plan {

        /** The first is the outermost; none for a method that stays as it is. */
        List<Part> parts(int access, String name, String descriptor);
    }

    private WovenClass() {}

    /**
     * @param classFile of Java 7 or later
     * @param addState whether the class gets the field for its objects' states
     */
    public static byte[] write(byte[] classFile, boolean addState, Plan plan) {
        ClassReader reader = new ClassReader(classFile);
        // With the reader's constants, so that methods that are not woven are copied without being read.
        ClassWriter writer = new ClassWriter(reader, 0);
        ClassVisitor state = addState ? new StateInjection(reader.getClassName(), writer) : writer;
        reader.accept(new Methods(reader, state, plan), ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    private static final class Methods extends ClassVisitor {
        private final ClassReader reader;
        private final Plan plan;
        private @Nullable MaxLocals maxLocals;

        Methods(ClassReader reader, ClassVisitor next, Plan plan) {
            super(Opcodes.ASM9, next);
            this.reader = reader;
            this.plan = plan;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
            if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                return visitor;
            }
            List<Part> parts = plan.parts(access, name, descriptor);
            if (parts.isEmpty()) {
                return visitor;
            }
            if (maxLocals == null) {
                maxLocals = new MaxLocals(reader);
            }
            // The last part sees the method first: its variables come next to the method's own.
            int locals = maxLocals.of(name, descriptor);
            WovenMethod[] methods = new WovenMethod[parts.size()];
            for (int i = parts.size() - 1; i >= 0; i--) {
                methods[i] = new WovenMethod(reader.getClassName(), access, name, descriptor, locals);
                locals += parts.get(i).locals(methods[i]);
            }
            for (int i = 0; i < methods.length; i++) {
                visitor = parts.get(i).over(methods[i], visitor);
            }
            return visitor;
        }
    }
}
