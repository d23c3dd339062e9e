package io.sallyport.weaving.write;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * How many local variables each method of a class has ({@code max_locals} of its {@code Code} attribute, JVMS 4.7.3), which ASM tells only
 * at a method's end.
 */
final class MaxLocals {

    private final ClassReader reader;
    private final Map<String, Integer> byMethod = new HashMap<>();

    MaxLocals(ClassReader reader) {
        this.reader = reader;
        char[] buffer = new char[reader.getMaxStringLength()];
        int at = reader.header + 8 + 2 * reader.readUnsignedShort(reader.header + 6);
        int fields = reader.readUnsignedShort(at);
        at += 2;
        for (; fields > 0; fields--) {
            at = afterMember(at);
        }
        int methods = reader.readUnsignedShort(at);
        at += 2;
        for (; methods > 0; methods--) {
            String method = reader.readUTF8(at + 2, buffer) + reader.readUTF8(at + 4, buffer);
            int attribute = at + 8;
            for (int attributes = reader.readUnsignedShort(at + 6); attributes > 0; attributes--) {
                if ("Code".equals(reader.readUTF8(attribute, buffer))) {
                    byMethod.put(method, reader.readUnsignedShort(attribute + 8));
                }
                attribute += 6 + reader.readInt(attribute + 2);
            }
            at = attribute;
        }
    }

    int of(String name, String descriptor) {
        Integer max = byMethod.get(name + descriptor);
        if (max == null) {
            throw new IllegalStateException(name + " has no code");
        }
        return max;
    }

    private int afterMember(int at) {
        int attribute = at + 8;
        for (int attributes = reader.readUnsignedShort(at + 6); attributes > 0; attributes--) {
            attribute += 6 + reader.readInt(attribute + 2);
        }
        return attribute;
    }
}
