package io.sallyport.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class LibraryNamesTest {

    @Test
    void aPackageNextToALibraryMeansTheLibrarysNettyWhateverPackagingMadeOfIt() {
        ClassWriter packaged = new ClassWriter(0);
        packaged.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Packaged", null, "java/lang/Object", null);
        packaged.visitField(Opcodes.ACC_PUBLIC, "buffer", "Lio/sallyport/shaded/netty/buffer/ByteBuf;", null, null);
        packaged.visitField(Opcodes.ACC_PUBLIC, "logger", "Lio/sallyport/shaded/slf4j/Logger;", null, null);
        packaged.visitEnd();

        StringBuilder types = new StringBuilder();
        ClassVisitor reader = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
                types.append(type);
                return null;
            }
        };
        new ClassReader(LibraryNames.restored(packaged.toByteArray())).accept(reader, 0);

        assertThat(types).hasToString("Lio/netty/buffer/ByteBuf;Lio/sallyport/shaded/slf4j/Logger;");
    }
}
