package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.weaving.match.FieldInfo;
import io.sallyport.weaving.match.TypeInfo;
import io.sallyport.weaving.write.Fields;

/**
 * The fields of a type and those it inherits.
 *
 * @param haveState whether the injected one is or will be among them, which the type's description does not tell
 */
record DeclaredFields(TypeInfo type, boolean haveState) implements Fields {

    @Override
    public Field find(String name) {
        if (haveState && name.equals(SallyportState.FIELD)) {
            return new Field("Ljava/lang/Object;", false);
        }
        for (TypeInfo t = type; t != null; t = t.superclass()) {
            for (FieldInfo f : t.fields()) {
                if (f.name().equals(name) && (t == type || !f.isPrivate())) {
                    return new Field(f.descriptor(), f.isStatic());
                }
            }
        }
        throw new IllegalStateException(type.name() + " has no field " + name);
    }
}
