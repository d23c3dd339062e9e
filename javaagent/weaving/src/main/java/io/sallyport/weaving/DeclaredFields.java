package io.sallyport.weaving;

import io.sallyport.weaving.match.FieldInfo;
import io.sallyport.weaving.match.TypeInfo;
import io.sallyport.weaving.write.Fields;

/** The fields of a type and those it inherits. */
record DeclaredFields(TypeInfo type) implements Fields {

    @Override
    public Field find(String name) {
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
