package io.sallyport.jdbc.connect;

import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.security.CodeSource;
import java.sql.Driver;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which code is a driver's own: that of the same loader, from the same jar, in a package that begins like the driver's. A name alone proves
 * nothing, since anybody may put a class into a package {@code org.h2.…}; nor does a superclass, since most of a driver's may be extended.
 * Code that was defined without a source (by a loader that gives none) is told by loader and name.
 */
public final class DriverCode {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final Map<String, String> VENDORS = Map.of(
            "org.sqlite", "sqlite",
            "org.h2", "h2",
            "org.postgresql", "postgresql",
            "com.mysql", "mysql",
            "org.mariadb", "mariadb",
            "com.microsoft", "sqlserver",
            "oracle.jdbc", "oracle");

    /** Asked for each cell that some drivers read. */
    private static final ClassValue<Origin> ORIGIN = new ClassValue<>() {
        @Override
        protected Origin computeValue(Class<?> type) {
            return Origin.of(type);
        }
    };

    /** The origin of the class that an object's class begins with: of the driver's, whoever extended it. */
    private static final ClassValue<Origin> DRIVER = new ClassValue<>() {
        @Override
        protected Origin computeValue(Class<?> type) {
            Class<?> root = type;
            for (Class<?> c = type; c != null && !isJdk(c); c = c.getSuperclass()) {
                root = c;
            }
            return ORIGIN.get(root);
        }
    };

    private DriverCode() {}

    /** Whether {@code code} is of the driver whose object {@code carrier} is. */
    public static boolean isOf(Object carrier, Class<?> code) {
        return DRIVER.get(carrier.getClass()).equals(ORIGIN.get(code));
    }

    /** Whether {@code code} is of the driver that {@code known}, one of its classes, is of. */
    public static boolean isOf(Class<?> known, Class<?> code) {
        return ORIGIN.get(known).equals(ORIGIN.get(code));
    }

    /** Whether nobody but the driver wrote the object's class: what its methods answer is the driver's word. */
    public static boolean isPlain(Object carrier) {
        return isOf(carrier, carrier.getClass());
    }

    /** Whether an object extends a class of a driver that is known by name, and answers the named method in the driver's place. */
    public static boolean isFeigned(Object carrier, String method) {
        if (isPlain(carrier)
                || !VENDORS.containsKey(DRIVER.get(carrier.getClass()).home())) {
            return false;
        }
        try {
            return !isOf(carrier, carrier.getClass().getMethod(method).getDeclaringClass());
        } catch (NoSuchMethodException impossible) {
            return true;
        }
    }

    /** Whether a class of the driver called the woven method of {@code carrier} that asks. */
    public static boolean calls(Object carrier) {
        return STACK.walk(frames -> {
            StackFrame woven = null;
            for (Iterator<StackFrame> i = frames.iterator(); i.hasNext(); ) {
                StackFrame frame = i.next();
                if (woven == null) {
                    // The first is the nearest to the agent's own, so nobody can put one before it.
                    woven = frame.getDeclaringClass().isInstance(carrier) ? frame : null;
                } else if (!isBridgeTo(woven, frame)) {
                    return isOf(woven.getDeclaringClass(), frame.getDeclaringClass());
                }
            }
            return false;
        });
    }

    /** Compilers make such a method of a class for the one that it overrides with other types; whoever called the bridge calls the method. */
    private static boolean isBridgeTo(StackFrame woven, StackFrame caller) {
        if (caller.getDeclaringClass() != woven.getDeclaringClass()
                || !caller.getMethodName().equals(woven.getMethodName())) {
            return false;
        }
        MethodType type = caller.getMethodType();
        return Arrays.stream(caller.getDeclaringClass().getDeclaredMethods())
                .anyMatch(m -> m.isBridge()
                        && m.getName().equals(caller.getMethodName())
                        && m.getReturnType() == type.returnType()
                        && type.parameterList().equals(List.of(m.getParameterTypes())));
    }

    /**
     * Whether the driver called its object {@code carrier} on the account of an object of its own that answers for itself, and nobody else's code is
     * between. Proxies through which a driver calls itself, and the JDK's code, are passed over.
     *
     * @param opens whether this thread opens a connection of that driver
     */
    public static boolean isOnAccount(Object carrier, boolean opens) {
        return STACK.walk(frames -> {
            boolean inside = false;
            for (Iterator<StackFrame> i = frames.iterator(); i.hasNext(); ) {
                Class<?> type = i.next().getDeclaringClass();
                if (isOf(carrier, type)) {
                    inside = true;
                    if (answersForItself(type, opens)) {
                        return true;
                    }
                } else if (inside && !isJdk(type) && !Proxy.isProxyClass(type)) {
                    return false;
                }
            }
            return false;
        });
    }

    /**
     * Connections, statements, results, metadata, data sources, and what a driver's own threads run; while it opens a connection also drivers, and
     * data sources for pools and distributed transactions.
     */
    private static boolean answersForItself(Class<?> ofDriver, boolean opens) {
        return Wrapper.class.isAssignableFrom(ofDriver)
                || Runnable.class.isAssignableFrom(ofDriver)
                || opens
                        && (Driver.class.isAssignableFrom(ofDriver)
                                || CommonDataSource.class.isAssignableFrom(ofDriver));
    }

    /**
     * Whether the driver called a static method of its class {@code woven}, and on its own account: through a class of its that {@code
     * account} accepts by name. Some of its classes do for whoever calls them what they do for the driver.
     */
    public static boolean callsStatic(String woven, Predicate<String> account) {
        return STACK.walk(frames -> {
            Class<?> callee = null;
            for (Iterator<StackFrame> i = frames.iterator(); i.hasNext(); ) {
                Class<?> type = i.next().getDeclaringClass();
                if (callee == null) {
                    callee = type.getName().equals(woven) ? type : null;
                } else if (!isOf(callee, type)) {
                    return false;
                } else if (account.test(type.getName())) {
                    return true;
                }
            }
            return false;
        });
    }

    /** The vendor whose driver {@code carrier} is of; of others the beginning of the package. */
    public static String vendorOf(Object carrier) {
        String home = DRIVER.get(carrier.getClass()).home();
        return VENDORS.getOrDefault(home, home);
    }

    private static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /**
     * @param source of the code; empty where the loader gave none
     * @param home the first two parts of the package
     */
    private record Origin(@Nullable ClassLoader loader, String source, String home) {

        static Origin of(Class<?> type) {
            CodeSource from = type.getProtectionDomain().getCodeSource();
            String source = from == null || from.getLocation() == null
                    ? ""
                    : from.getLocation().toString();
            String name = type.getPackageName();
            int first = name.indexOf('.');
            int second = first < 0 ? -1 : name.indexOf('.', first + 1);
            return new Origin(type.getClassLoader(), source, second < 0 ? name : name.substring(0, second));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Origin o
                            && loader == o.loader
                            && home.equals(o.home)
                            && source.equals(o.source));
        }

        @Override
        public int hashCode() {
            return Objects.hash(System.identityHashCode(loader), source, home);
        }
    }
}
