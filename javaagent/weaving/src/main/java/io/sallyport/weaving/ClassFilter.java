package io.sallyport.weaving;

import java.util.HashSet;
import java.util.Set;

/**
 * A cheap test before anything is parsed. Thread-safe; may say yes too often, never no too often.
 *
 * <p>Matching a hierarchy for every class that is loaded is what makes agents slow to start. A class that implements or extends
 * a JDBC type mentions {@code java/sql/} in its constant pool, so a search over its bytes rules out almost everything.
 */
public interface ClassFilter {

    /** @param internalName class name with slashes */
    boolean mayWeave(String internalName, byte[] classFile);

    /** The same question for a class that was loaded before the agent. */
    boolean mayWeaveLoaded(Class<?> loaded);

    /** What passes this filter or the other. */
    default ClassFilter or(ClassFilter other) {
        ClassFilter one = this;
        return new ClassFilter() {
            @Override
            public boolean mayWeave(String internalName, byte[] classFile) {
                return one.mayWeave(internalName, classFile) || other.mayWeave(internalName, classFile);
            }

            @Override
            public boolean mayWeaveLoaded(Class<?> loaded) {
                return one.mayWeaveLoaded(loaded) || other.mayWeaveLoaded(loaded);
            }
        };
    }

    /** Exactly the named classes (binary names). */
    static ClassFilter named(String... binaryNames) {
        Set<String> names = Set.of(binaryNames);
        // Asked for each class that is loaded, so nothing is converted then.
        Set<String> internalNames = new HashSet<>();
        for (String n : binaryNames) {
            internalNames.add(n.replace('.', '/'));
        }
        return new ClassFilter() {
            @Override
            public boolean mayWeave(String internalName, byte[] classFile) {
                return internalNames.contains(internalName);
            }

            @Override
            public boolean mayWeaveLoaded(Class<?> loaded) {
                return names.contains(loaded.getName());
            }
        };
    }

    /** Classes of this binary name, and those that were relocated from it into another package. */
    static ClassFilter endingIn(String binaryName) {
        String internalName = binaryName.replace('.', '/');
        return new ClassFilter() {
            @Override
            public boolean mayWeave(String name, byte[] classFile) {
                return name.endsWith(internalName);
            }

            @Override
            public boolean mayWeaveLoaded(Class<?> loaded) {
                return loaded.getName().endsWith(binaryName);
            }
        };
    }

    /**
     * Classes outside the JDK whose constant pool mentions {@code text}; loaded classes that are subtypes of one of
     * {@code supertypes}.
     */
    static ClassFilter mentions(String text, Class<?>... supertypes) {
        ByteSearch wanted = new ByteSearch(text);
        return new ClassFilter() {
            @Override
            public boolean mayWeave(String internalName, byte[] classFile) {
                return wanted.isIn(classFile);
            }

            @Override
            public boolean mayWeaveLoaded(Class<?> loaded) {
                for (Class<?> s : supertypes) {
                    if (s.isAssignableFrom(loaded)) {
                        return true;
                    }
                }
                return false;
            }
        };
    }
}
