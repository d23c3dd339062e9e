package io.sallyport.jdbc.ledger;

import java.util.Collection;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;

/** Types of the JDK, by reflection. */
final class Platform {

    private Platform() {}

    static Collection<MethodDescription.InDefinedShape> methods(String type) {
        try {
            return TypeDescription.ForLoadedType.of(Class.forName(type, false, ClassLoader.getPlatformClassLoader()))
                    .getDeclaredMethods();
        } catch (ClassNotFoundException optional) {
            return List.of();
        }
    }
}
