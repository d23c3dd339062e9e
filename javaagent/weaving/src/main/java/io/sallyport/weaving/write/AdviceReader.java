package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Reads an advice class by the annotations of {@code net.bytebuddy.asm.Advice}, as far as they are used here. One that is not known is an
 * error: advice that would be called otherwise than it says must not be woven.
 */
public final class AdviceReader extends ClassVisitor {

    static final int API = Opcodes.ASM9;

    private @Nullable AdviceMethod enter;
    private @Nullable AdviceMethod exit;

    private AdviceReader() {
        super(API);
    }

    /** @throws IllegalStateException where it is no advice or asks for what is not supported */
    public static AdviceClass read(String binaryName, byte[] classFile) {
        AdviceReader reader = new AdviceReader();
        new ClassReader(classFile)
                .accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        if (reader.enter == null && reader.exit == null) {
            throw new IllegalStateException(binaryName + " has no advice");
        }
        return new AdviceClass(binaryName, reader.enter, reader.exit);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new AdviceMethodReader(this, access, name, descriptor);
    }

    void enter(AdviceMethod method) {
        enter = only(enter, method);
    }

    void exit(AdviceMethod method) {
        exit = only(exit, method);
    }

    private static AdviceMethod only(@Nullable AdviceMethod other, AdviceMethod method) {
        if (other != null) {
            throw new IllegalStateException("there are two of the kind of " + method.name());
        }
        return method;
    }

    /** The annotation's own name, if it is one of {@code Advice}. */
    static String simpleName(String descriptor) {
        return descriptor.contains("/asm/Advice$")
                ? descriptor.substring(descriptor.lastIndexOf('$') + 1, descriptor.length() - 1)
                : "";
    }

    static IllegalStateException unknown(String what) {
        return new IllegalStateException("advice of the kind " + what + " cannot be woven");
    }
}
