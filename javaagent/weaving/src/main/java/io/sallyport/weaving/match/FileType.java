package io.sallyport.weaving.match;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A type that its class file describes: the types above it by name, and what it declares when that is asked for. */
final class FileType extends TypeInfo {

    private final Header header;
    private final Types types;
    private volatile @Nullable Members members;

    /** What a type is and what is above it, by internal names. Holds nothing else, so it can be kept. */
    record Header(boolean isInterface, @Nullable String superclass, List<String> interfaces) {

        static Header of(ClassReader file) {
            boolean isInterface = (file.getAccess() & Opcodes.ACC_INTERFACE) != 0;
            return new Header(isInterface, isInterface ? null : file.getSuperName(), List.of(file.getInterfaces()));
        }
    }

    /** What a type declares. */
    private record Members(List<MethodInfo> methods, List<FieldInfo> fields) {}

    /** @param types where those are that it mentions, and its class file */
    FileType(String name, Header header, Types types) {
        super(name);
        this.header = header;
        this.types = types;
    }

    @Override
    public boolean isInterface() {
        return header.isInterface();
    }

    @Override
    public @Nullable TypeInfo superclass() {
        String above = header.superclass();
        return above == null ? null : types.type(above.replace('/', '.'));
    }

    @Override
    public List<TypeInfo> interfaces() {
        List<TypeInfo> all = new ArrayList<>(header.interfaces().size());
        for (String i : header.interfaces()) {
            all.add(types.type(i.replace('/', '.')));
        }
        return all;
    }

    @Override
    public List<MethodInfo> methods() {
        return members().methods();
    }

    @Override
    public List<FieldInfo> fields() {
        return members().fields();
    }

    @Override
    TypeInfo mentioned(Type type) {
        return type.getSort() == Type.OBJECT ? types.type(type.getClassName()) : new PlainType(type);
    }

    private Members members() {
        Members read = members;
        if (read == null) {
            read = new Members(new ArrayList<>(), new ArrayList<>());
            types.classFile(name())
                    .accept(
                            new MemberReader(this, read),
                            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            members = read;
        }
        return read;
    }

    private static final class MemberReader extends ClassVisitor {
        private final TypeInfo type;
        private final Members into;

        MemberReader(TypeInfo type, Members into) {
            super(Opcodes.ASM9);
            this.type = type;
            this.into = into;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (!name.equals("<clinit>")) {
                into.methods().add(new MethodInfo(type, access, name, descriptor));
            }
            return null;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            into.fields().add(new FieldInfo(access, name, descriptor));
            return null;
        }
    }
}
