package io.sallyport.weaving.write;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Reads one method of an advice class, and hands it to the {@link AdviceReader} if it is advice. */
final class AdviceMethodReader extends MethodVisitor {
    private final AdviceReader reader;
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

    AdviceMethodReader(AdviceReader reader, int access, String name, String descriptor) {
        super(AdviceReader.API);
        this.reader = reader;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.name = name;
        this.descriptor = descriptor;
        this.parameters = new AdviceMethod.Binding[Type.getArgumentTypes(descriptor).length];
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return switch (AdviceReader.simpleName(type)) {
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
                yield new AnnotationVisitor(AdviceReader.API) {
                    @Override
                    public void visit(String key, Object value) {
                        keepOnDefault = (Boolean) value;
                    }
                };
            }
            case "ToReturned" -> new AssignmentReader(assignments, AdviceMethod.Assignment.RETURNED);
            case "ToArguments", "ToFields" -> AssignmentReader.ofSeveral(assignments);
            case "" -> null;
            default -> throw AdviceReader.unknown(type);
        };
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
        String kind = AdviceReader.simpleName(type);
        if (kind.isEmpty()) {
            return null;
        }
        return new BindingReader(parameters, parameter, kind);
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
                throw new IllegalStateException("what " + name + " assigns is an element and its result is no array,"
                        + " or the other way round");
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
        if (!isStatic) {
            throw new IllegalStateException(name + " is not static");
        }
        if (isEnter) {
            reader.enter(method);
        } else {
            reader.exit(method);
        }
    }

    /** {@code OnMethodEnter}, {@code OnMethodExit}. */
    private final class Timing extends AnnotationVisitor {
        private boolean inline = true;

        Timing() {
            super(AdviceReader.API);
        }

        @Override
        public void visit(String key, Object value) {
            switch (key) {
                case "inline" -> inline = (Boolean) value;
                case "skipOn" -> skip = isSkip(((Type) value).getClassName());
                case "skipOnIndex" -> skipIndex = (Integer) value;
                case "onThrowable" -> onThrowable = isThrowable(((Type) value).getClassName());
                default -> throw AdviceReader.unknown(key);
            }
        }

        @Override
        public void visitEnd() {
            if (inline) {
                throw new IllegalStateException(name + " would be inlined");
            }
        }
    }

    private static boolean isSkip(String type) {
        if (!type.endsWith("$OnNonDefaultValue")) {
            throw AdviceReader.unknown(type);
        }
        return true;
    }

    private static boolean isThrowable(String type) {
        if (!type.equals("java.lang.Throwable")) {
            throw AdviceReader.unknown(type);
        }
        return true;
    }
}
