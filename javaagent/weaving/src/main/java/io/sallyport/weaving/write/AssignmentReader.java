package io.sallyport.weaving.write;

import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import org.jspecify.annotations.Nullable;

/** Reads the annotation that says where the result of advice goes: {@code ToReturned}, {@code ToArgument}, {@code ToField}. */
final class AssignmentReader extends AnnotationVisitor {
    private final List<AdviceMethod.Assignment> into;
    private int argument;
    private String field = "";
    private int index = -1;

    AssignmentReader(List<AdviceMethod.Assignment> into, int argument) {
        super(AdviceReader.API);
        this.into = into;
        this.argument = argument;
    }

    @Override
    public void visit(String key, Object value) {
        switch (key) {
            case "value" -> {
                if (value instanceof String name) {
                    argument = AdviceMethod.Assignment.FIELD;
                    field = name;
                } else {
                    argument = (Integer) value;
                }
            }
            case "index" -> index = (Integer) value;
            default -> throw AdviceReader.unknown(key);
        }
    }

    @Override
    public void visitEnum(String key, String type, String value) {
        // How a type is converted follows from the types.
    }

    @Override
    public void visitEnd() {
        into.add(new AdviceMethod.Assignment(argument, field, index));
    }

    /** {@code ToArguments}, {@code ToFields}: several of them. */
    static AnnotationVisitor ofSeveral(List<AdviceMethod.Assignment> into) {
        return new AnnotationVisitor(AdviceReader.API) {
            @Override
            public AnnotationVisitor visitArray(String key) {
                return new AnnotationVisitor(AdviceReader.API) {
                    @Override
                    public AnnotationVisitor visitAnnotation(@Nullable String key, String type) {
                        return new AssignmentReader(into, 0);
                    }
                };
            }
        };
    }
}
