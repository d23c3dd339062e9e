package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import org.jspecify.annotations.Nullable;

/** Reads the annotation that says what a parameter of advice receives. */
final class BindingReader extends AnnotationVisitor {
    private final AdviceMethod.@Nullable Binding[] into;
    private final int parameter;
    private final String kind;
    private Object value = "";
    private boolean optional;

    BindingReader(AdviceMethod.@Nullable Binding[] into, int parameter, String kind) {
        super(AdviceReader.API);
        this.into = into;
        this.parameter = parameter;
        this.kind = kind;
    }

    @Override
    public void visit(String key, Object given) {
        switch (key) {
            case "value" -> value = given;
            case "optional" -> optional = (Boolean) given;
            default -> throw AdviceReader.unknown(key);
        }
    }

    @Override
    public void visitEnum(String key, String type, String given) {
        // How a type is converted follows from the types.
    }

    @Override
    public void visitEnd() {
        into[parameter] = switch (kind) {
            case "This" -> new AdviceMethod.This();
            case "Argument" -> new AdviceMethod.Argument((Integer) value, optional);
            case "AllArguments" -> new AdviceMethod.AllArguments();
            case "Enter" -> new AdviceMethod.Enter();
            case "Return" -> new AdviceMethod.Return();
            case "Thrown" -> new AdviceMethod.Thrown();
            case "Origin" -> new AdviceMethod.Origin((String) value);
            case "FieldValue" -> new AdviceMethod.FieldValue((String) value);
            default -> throw AdviceReader.unknown(kind);
        };
    }
}
