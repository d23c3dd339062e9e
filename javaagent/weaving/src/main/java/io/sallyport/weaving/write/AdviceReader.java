package io.sallyport.weaving.write;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads an advice class by the annotations of {@code net.bytebuddy.asm.Advice}, as far as they are used here. One that is not known is an
 * error: advice that would be called otherwise than it says must not be woven.
 */
public final class AdviceReader extends ClassVisitor {

    private static final int API = Opcodes.ASM9;

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
        return new Method(access, name, descriptor);
    }

    private final class Method extends MethodVisitor {
        private final boolean isStatic;
        private final String name;
        private final String descriptor;
        private final AdviceMethod.@Nullable Binding[] parameters;
        private final List<AdviceMethod.Assignment> assignments = new ArrayList<>();
        private boolean isEnter;
        private boolean isExit;
        private boolean onThrowable;
        private boolean skip;
        private int skipIndex = -1;
        private boolean scalar;
        private boolean keepOnDefault = true;

        Method(int access, String name, String descriptor) {
            super(API);
            this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
            this.name = name;
            this.descriptor = descriptor;
            this.parameters = new AdviceMethod.Binding[Type.getArgumentTypes(descriptor).length];
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
            return switch (simpleName(type)) {
                case "OnMethodEnter" -> {
                    isEnter = true;
                    yield new Timing();
                }
                case "OnMethodExit" -> {
                    isExit = true;
                    yield new Timing();
                }
                case "AsScalar" -> {
                    scalar = true;
                    yield new AnnotationVisitor(API) {
                        @Override
                        public void visit(String key, Object value) {
                            keepOnDefault = (Boolean) value;
                        }
                    };
                }
                case "ToReturned" -> new Target(AdviceMethod.Assignment.RETURNED);
                case "ToArguments" -> new Targets();
                case "" -> null;
                default -> throw unknown(type);
            };
        }

        @Override
        public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
            String kind = simpleName(type);
            if (kind.isEmpty()) {
                return null;
            }
            return new Parameter(parameter, kind);
        }

        @Override
        public void visitEnd() {
            if (!isEnter && !isExit) {
                return;
            }
            for (AdviceMethod.Binding b : parameters) {
                if (b == null) {
                    throw new IllegalStateException("a parameter of " + name + " is bound to nothing");
                }
            }
            boolean elements = Type.getReturnType(descriptor).getSort() == Type.ARRAY && !scalar;
            for (AdviceMethod.Assignment a : assignments) {
                if (elements != a.index() >= 0) {
                    throw new IllegalStateException("what " + name
                            + " assigns is an element and its result is no array," + " or the other way round");
                }
            }
            AdviceMethod method = new AdviceMethod(
                    name,
                    descriptor,
                    List.of((AdviceMethod.Binding[]) parameters),
                    onThrowable,
                    skip,
                    skipIndex,
                    keepOnDefault,
                    List.copyOf(assignments));
            if (!isStatic || (isEnter ? enter : exit) != null) {
                throw new IllegalStateException(name + " is not static, or there are two of its kind");
            }
            if (isEnter) {
                enter = method;
            } else {
                exit = method;
            }
        }

        /** {@code OnMethodEnter}, {@code OnMethodExit}. */
        private final class Timing extends AnnotationVisitor {
            private boolean inline = true;

            Timing() {
                super(API);
            }

            @Override
            public void visit(String key, Object value) {
                switch (key) {
                    case "inline" -> inline = (Boolean) value;
                    case "skipOn" -> skip = isSkip(((Type) value).getClassName());
                    case "skipOnIndex" -> skipIndex = (Integer) value;
                    case "onThrowable" -> onThrowable = isThrowable(((Type) value).getClassName());
                    default -> throw unknown(key);
                }
            }

            @Override
            public void visitEnd() {
                if (inline) {
                    throw new IllegalStateException(name + " would be inlined");
                }
            }
        }

        private final class Targets extends AnnotationVisitor {
            Targets() {
                super(API);
            }

            @Override
            public AnnotationVisitor visitArray(String key) {
                return new AnnotationVisitor(API) {
                    @Override
                    public AnnotationVisitor visitAnnotation(@Nullable String key, String type) {
                        return new Target(0);
                    }
                };
            }
        }

        /** {@code ToReturned}, {@code ToArgument}. */
        private final class Target extends AnnotationVisitor {
            private int argument;
            private int index = -1;

            Target(int argument) {
                super(API);
                this.argument = argument;
            }

            @Override
            public void visit(String key, Object value) {
                switch (key) {
                    case "value" -> argument = (Integer) value;
                    case "index" -> index = (Integer) value;
                    default -> throw unknown(key);
                }
            }

            @Override
            public void visitEnum(String key, String type, String value) {
                // How a type is converted follows from the types.
            }

            @Override
            public void visitEnd() {
                assignments.add(new AdviceMethod.Assignment(argument, index));
            }
        }

        private final class Parameter extends AnnotationVisitor {
            private final int parameter;
            private final String kind;
            private Object value = "";
            private boolean optional;

            Parameter(int parameter, String kind) {
                super(API);
                this.parameter = parameter;
                this.kind = kind;
            }

            @Override
            public void visit(String key, Object given) {
                switch (key) {
                    case "value" -> value = given;
                    case "optional" -> optional = (Boolean) given;
                    default -> throw unknown(key);
                }
            }

            @Override
            public void visitEnum(String key, String type, String given) {
                // How a type is converted follows from the types.
            }

            @Override
            public void visitEnd() {
                parameters[parameter] = switch (kind) {
                    case "This" -> new AdviceMethod.This();
                    case "Argument" -> new AdviceMethod.Argument((Integer) value, optional);
                    case "AllArguments" -> new AdviceMethod.AllArguments();
                    case "Enter" -> new AdviceMethod.Enter();
                    case "Return" -> new AdviceMethod.Return();
                    case "Thrown" -> new AdviceMethod.Thrown();
                    case "Origin" -> new AdviceMethod.Origin((String) value);
                    case "FieldValue" -> new AdviceMethod.FieldValue((String) value);
                    default -> throw unknown(kind);
                };
            }
        }
    }

    private static boolean isSkip(String type) {
        if (!type.endsWith("$OnNonDefaultValue")) {
            throw unknown(type);
        }
        return true;
    }

    private static boolean isThrowable(String type) {
        if (!type.equals("java.lang.Throwable")) {
            throw unknown(type);
        }
        return true;
    }

    /** The annotation's own name, if it is one of {@code Advice}. */
    private static String simpleName(String descriptor) {
        return descriptor.contains("/asm/Advice$")
                ? descriptor.substring(descriptor.lastIndexOf('$') + 1, descriptor.length() - 1)
                : "";
    }

    private static IllegalStateException unknown(String what) {
        return new IllegalStateException("advice of the kind " + what + " cannot be woven");
    }
}
