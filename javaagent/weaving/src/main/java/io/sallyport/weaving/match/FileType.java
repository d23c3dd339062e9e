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

    private final ClassReader file;
    private final Types types;
    private final boolean isInterface;
    private final @Nullable String superclass;
    private final String[] interfaces;
    private volatile @Nullable Members members;

    /** What a type declares. */
    private record Members(List<MethodInfo> methods, List<FieldInfo> fields) {}

    /** @param types where those are that it mentions */
    FileType(String name, byte[] file, Types types) {
        super(name);
        this.file = new ClassReader(file);
        this.types = types;
        this.isInterface = (this.file.getAccess() & Opcodes.ACC_INTERFACE) != 0;
        this.superclass = isInterface ? null : this.file.getSuperName();
        this.interfaces = this.file.getInterfaces();
    }

    @Override
    public boolean isInterface() {
        return isInterface;
    }

    @Override
    public @Nullable TypeInfo superclass() {
        return superclass == null ? null : types.type(superclass.replace('/', '.'));
    }

    @Override
    public List<TypeInfo> interfaces() {
        List<TypeInfo> all = new ArrayList<>(interfaces.length);
        for (String i : interfaces) {
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
            file.accept(
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
