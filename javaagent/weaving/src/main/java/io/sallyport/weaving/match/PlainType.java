package io.sallyport.weaving.match;

import java.util.List;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A primitive type or an array: a name, and nothing above it that anybody asks for. */
final class PlainType extends TypeInfo {

    PlainType(Type type) {
        super(type.getSort() == Type.ARRAY ? type.getDescriptor().replace('/', '.') : type.getClassName());
    }

    @Override
    public boolean isInterface() {
        return false;
    }

    @Override
    public @Nullable TypeInfo superclass() {
        return null;
    }

    @Override
    public List<TypeInfo> interfaces() {
        return List.of();
    }

    @Override
    public List<MethodInfo> methods() {
        return List.of();
    }

    @Override
    public List<FieldInfo> fields() {
        return List.of();
    }

    @Override
    TypeInfo mentioned(Type type) {
        throw new IllegalStateException(name() + " mentions nothing");
    }
}
