package io.sallyport.weaving.match;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A type that is loaded, by reflection. */
final class LoadedType extends TypeInfo {

    private final Class<?> type;

    LoadedType(Class<?> type) {
        super(type.getName());
        this.type = type;
    }

    @Override
    public boolean isInterface() {
        return type.isInterface();
    }

    @Override
    public @Nullable TypeInfo superclass() {
        Class<?> parent = type.getSuperclass();
        return parent == null ? null : new LoadedType(parent);
    }

    @Override
    public List<TypeInfo> interfaces() {
        List<TypeInfo> interfaces = new ArrayList<>();
        for (Class<?> i : type.getInterfaces()) {
            interfaces.add(new LoadedType(i));
        }
        return interfaces;
    }

    @Override
    public List<MethodInfo> methods() {
        List<MethodInfo> methods = new ArrayList<>();
        for (Method m : type.getDeclaredMethods()) {
            methods.add(new MethodInfo(this, m.getModifiers(), m.getName(), Type.getMethodDescriptor(m)));
        }
        for (Constructor<?> c : type.getDeclaredConstructors()) {
            methods.add(new MethodInfo(this, c.getModifiers(), "<init>", Type.getConstructorDescriptor(c)));
        }
        return methods;
    }

    @Override
    public List<FieldInfo> fields() {
        List<FieldInfo> fields = new ArrayList<>();
        for (Field f : type.getDeclaredFields()) {
            fields.add(new FieldInfo(f.getModifiers(), f.getName(), Type.getDescriptor(f.getType())));
        }
        return fields;
    }

    @Override
    TypeInfo mentioned(Type wanted) {
        if (wanted.getSort() != Type.OBJECT) {
            return new PlainType(wanted);
        }
        try {
            return new LoadedType(Class.forName(wanted.getClassName(), false, type.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(name() + " mentions " + wanted.getClassName() + ", which is missing", e);
        }
    }
}
