package io.sallyport.weaving;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * Gives the packages that are defined next to a library the library's names back. The agent carries a Netty of its own under other
 * names, and packaging cannot tell a class that means the agent's Netty from one that means the application's.
 */
final class LibraryNames {

    // In pieces, or packaging would rename them as well.
    private static final String ORIGINAL = String.join("/", "io", "netty", "");
    private static final String PACKAGED = String.join("/", "io", "sallyport", "shaded", "netty", "");

    private LibraryNames() {}

    static byte[] restored(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new ClassRemapper(writer, new Restoring()), 0);
        return writer.toByteArray();
    }

    static String restored(String internalName) {
        return internalName.startsWith(PACKAGED) ? ORIGINAL + internalName.substring(PACKAGED.length()) : internalName;
    }

    private static final class Restoring extends Remapper {
        @Override
        public String map(String internalName) {
            return restored(internalName);
        }
    }
}
