package io.sallyport.weaving.match;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A method or constructor that a type declares. Immutable. */
public final class MethodInfo implements Named {

    private final TypeInfo declaring;
    private final int access;
    private final String name;
    private final String descriptor;
    private final Type[] parameters;

    MethodInfo(TypeInfo declaring, int access, String name, String descriptor) {
        this.declaring = declaring;
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
        this.parameters = Type.getArgumentTypes(descriptor);
    }

    @Override
    public String name() {
        return name;
    }

    public TypeInfo declaring() {
        return declaring;
    }

    /** JVMS 4.3.3. */
    public String descriptor() {
        return descriptor;
    }

    public int parameterCount() {
        return parameters.length;
    }

    /** JVMS 4.3.2. */
    public String parameterDescriptor(int index) {
        return parameters[index].getDescriptor();
    }

    public TypeInfo parameterType(int index) {
        return declaring.mentioned(parameters[index]);
    }

    public TypeInfo returnType() {
        return declaring.mentioned(Type.getReturnType(descriptor));
    }

    /** Whether the other has the same name and takes the same. */
    public boolean isLike(MethodInfo other) {
        int end = descriptor.indexOf(')');
        return name.equals(other.name)
                && end == other.descriptor.indexOf(')')
                && descriptor.regionMatches(0, other.descriptor, 0, end);
    }

    public boolean isPublic() {
        return has(Opcodes.ACC_PUBLIC);
    }

    public boolean isStatic() {
        return has(Opcodes.ACC_STATIC);
    }

    public boolean isSynthetic() {
        return has(Opcodes.ACC_SYNTHETIC);
    }

    public boolean isConstructor() {
        return name.equals("<init>");
    }

    /** Whether it has code that somebody wrote: neither abstract nor native nor a bridge. */
    public boolean hasBody() {
        return !has(Opcodes.ACC_ABSTRACT) && !has(Opcodes.ACC_NATIVE) && !has(Opcodes.ACC_BRIDGE);
    }

    public boolean isAbstract() {
        return has(Opcodes.ACC_ABSTRACT);
    }

    public boolean isBridge() {
        return has(Opcodes.ACC_BRIDGE);
    }

    private boolean has(int flag) {
        return (access & flag) != 0;
    }

    @Override
    public String toString() {
        return declaring.name() + "." + name + descriptor;
    }
}
