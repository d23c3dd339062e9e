package io.sallyport.jdbc.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.jar.asm.Type;

/**
 * What application code can reach in a driver beside JDBC: the types that implement JDBC's interfaces, helpers that are made of a
 * connection, and whatever their public methods and fields hand out.
 */
final class Surface {

    private final Map<String, TypeDescription> driver = new LinkedHashMap<>();
    private final Map<String, List<TypeDescription>> subtypes = new HashMap<>();
    private final Map<String, Set<String>> supertypeNames = new HashMap<>();

    private Surface(DriverJar jar) {
        for (TypeDescription type : jar.types()) {
            driver.put(type.getName(), type);
        }
        for (TypeDescription type : driver.values()) {
            for (String above : supertypes(type)) {
                subtypes.computeIfAbsent(above, n -> new ArrayList<>()).add(type);
            }
        }
    }

    static Collection<VendorMethod> of(DriverJar jar) {
        return new Surface(jar).methods();
    }

    private Collection<VendorMethod> methods() {
        Map<String, VendorMethod> methods = new TreeMap<>();
        for (TypeDescription type : reachable()) {
            for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
                if (!method.isPublic()
                        || method.isConstructor()
                        || method.isSynthetic()
                        || method.isBridge()
                        || method.isTypeInitializer()) {
                    continue;
                }
                String topmost = topmost(type, method);
                if (topmost != null && isCallable(type, topmost)) {
                    VendorMethod vendor = methods.computeIfAbsent(
                            topmost + " " + method.getName(),
                            k -> new VendorMethod(topmost, method.getName(), new ArrayList<>()));
                    if (!method.isAbstract()) {
                        vendor.bodies().add(method);
                    }
                }
            }
        }
        // What has no body anywhere is for application code to implement.
        List<VendorMethod> all = new ArrayList<>(
                methods.values().stream().filter(m -> !m.bodies().isEmpty()).toList());
        all.addAll(fields());
        return all;
    }

    /** Public fields that are no constants, with a dot before the name and without a body. */
    private List<VendorMethod> fields() {
        List<VendorMethod> fields = new ArrayList<>();
        for (TypeDescription type : reachable()) {
            for (FieldDescription.InDefinedShape field : type.getDeclaredFields()) {
                if (field.isPublic()
                        && !field.isSynthetic()
                        && !(field.isStatic() && field.isFinal())
                        && isCallable(type, type.getName())) {
                    fields.add(new VendorMethod(type.getName(), "." + field.getName(), List.of()));
                }
            }
        }
        return fields;
    }

    /** Whether the language lets anybody else call what {@code type} declares: on it, on what it is declared by, or on a subtype. */
    private boolean isCallable(TypeDescription type, String topmost) {
        return type.isPublic()
                || driver.get(topmost).isPublic()
                || subtypes.getOrDefault(type.getName(), List.of()).stream().anyMatch(TypeDescription::isPublic);
    }

    /** The topmost type of the driver that declares the method; {@code null} where JDBC or the platform does. */
    private String topmost(TypeDescription type, MethodDescription.InDefinedShape method) {
        String topmost = type.getName();
        for (String name : supertypes(type)) {
            TypeDescription above = driver.get(name);
            Collection<MethodDescription.InDefinedShape> declared =
                    above == null ? Platform.methods(name) : above.getDeclaredMethods();
            for (MethodDescription.InDefinedShape other : declared) {
                if (!other.isPrivate() && other.getName().equals(method.getName()) && sameParameters(other, method)) {
                    if (above == null) {
                        return null;
                    }
                    if (other.isPublic()) {
                        topmost = name;
                    }
                }
            }
        }
        return topmost;
    }

    private static boolean sameParameters(MethodDescription one, MethodDescription other) {
        return names(one).equals(names(other));
    }

    private Set<TypeDescription> reachable() {
        Deque<TypeDescription> open = new ArrayDeque<>();
        for (TypeDescription type : driver.values()) {
            if (isJdbc(type) || isMadeOfConnection(type)) {
                open.add(type);
            }
        }
        Set<TypeDescription> reached = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            TypeDescription type = open.poll();
            if (type.isEnum() || !reached.add(type)) {
                continue;
            }
            open.addAll(subtypes.getOrDefault(type.getName(), List.of()));
            for (String above : supertypes(type)) {
                if (driver.containsKey(above)) {
                    open.add(driver.get(above));
                }
            }
            for (MethodDescription method : type.getDeclaredMethods()) {
                if (method.isPublic() && !method.isSynthetic()) {
                    add(Type.getReturnType(method.getDescriptor()).getDescriptor(), open);
                }
            }
            for (FieldDescription field : type.getDeclaredFields()) {
                if (field.isPublic() && !field.isSynthetic()) {
                    add(field.getDescriptor(), open);
                }
            }
        }
        return reached;
    }

    private void add(String descriptor, Deque<TypeDescription> open) {
        Type type = Type.getType(descriptor);
        TypeDescription handedOut =
                driver.get((type.getSort() == Type.ARRAY ? type.getElementType() : type).getClassName());
        if (handedOut != null) {
            open.add(handedOut);
        }
    }

    private boolean isJdbc(TypeDescription type) {
        boolean jdbc = false;
        for (String above : supertypes(type)) {
            if (above.equals("java.lang.Throwable")) {
                return false;
            }
            jdbc |= above.startsWith("java.sql.") || above.startsWith("javax.sql.");
        }
        return jdbc;
    }

    /** A public class with a public constructor or static method that takes a connection: copy managers, bulk copies. */
    private boolean isMadeOfConnection(TypeDescription type) {
        if (!type.isPublic()) {
            return false;
        }
        for (MethodDescription method : type.getDeclaredMethods()) {
            if (method.isPublic() && (method.isConstructor() || method.isStatic())) {
                if (names(method).stream().anyMatch(this::isConnection)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isConnection(String type) {
        return type.equals("java.sql.Connection")
                || (driver.containsKey(type) && supertypes(driver.get(type)).contains("java.sql.Connection"));
    }

    /** Names of the parameters' types, of optional dependencies too. */
    private static List<String> names(MethodDescription method) {
        List<String> names = new ArrayList<>();
        for (Type type : Type.getArgumentTypes(method.getDescriptor())) {
            names.add(type.getClassName());
        }
        return names;
    }

    /** All supertypes by name, from the nearest to the farthest; those that cannot be described are left out. */
    private Set<String> supertypes(TypeDescription type) {
        Set<String> known = supertypeNames.get(type.getName());
        if (known == null) {
            known = new LinkedHashSet<>();
            collect(type, known);
            supertypeNames.put(type.getName(), known);
        }
        return known;
    }

    private static void collect(TypeDescription type, Set<String> into) {
        try {
            if (type.getSuperClass() != null) {
                collectFrom(type.getSuperClass().asErasure(), into);
            }
            for (TypeDescription i : type.getInterfaces().asErasures()) {
                collectFrom(i, into);
            }
        } catch (IllegalStateException missing) {
            // An optional dependency.
        }
    }

    private static void collectFrom(TypeDescription above, Set<String> into) {
        if (into.add(above.getName())) {
            collect(above, into);
        }
    }
}
