package io.sallyport.weaving.match;

import java.lang.reflect.Modifier;

/** A field that a type declares. */
public record FieldInfo(int access, String name, String descriptor) {

    public boolean isStatic() {
        return Modifier.isStatic(access);
    }

    public boolean isPrivate() {
        return Modifier.isPrivate(access);
    }
}
