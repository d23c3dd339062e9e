package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.connect.Connections;
import io.sallyport.weaving.CallSites;
import java.lang.StackWalker.StackFrame;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is public in a driver for its own classes' sake: engines, pointers to statements. Code that is not the driver's is refused,
 * since what it does with them passes no statement and no getter.
 */
public final class DriverOnly {

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Whether code of a class belongs to a driver is asked for each cell that it reads. */
    private static final ClassValue<String> HOME = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            String name = type.getPackageName();
            int first = name.indexOf('.');
            int second = first < 0 ? -1 : name.indexOf('.', first + 1);
            return (second < 0 ? name : name.substring(0, second)).intern();
        }
    };

    private static final Map<String, String> VENDORS = Map.of(
            "org.sqlite", "sqlite",
            "org.h2", "h2",
            "org.postgresql", "postgresql",
            "com.mysql", "mysql",
            "org.mariadb", "mariadb",
            "com.microsoft", "sqlserver",
            "oracle.jdbc", "oracle");

    private DriverOnly() {}

    /** The woven method that asks was called by a class of the driver; {@code carrier} is the object that it was called on. */
    public static void demandCaller(Object carrier) throws SQLException {
        if (!isCallerOf(carrier)) {
            refuse(carrier, " hands out what it works with to the driver's own classes only");
        }
    }

    /** Whether a class of the driver called the woven method that asks. */
    static boolean isCallerOf(Object carrier) {
        return isSibling(carrier, WALKER.walk(frames -> callerOf(frames, carrier)));
    }

    /** {@code code}, which is about to run with what {@code carrier} guards, is written in the driver. */
    public static void demandCode(Object carrier, Object code) throws SQLException {
        if (!isSibling(carrier, code.getClass())) {
            refuse(carrier, " runs the driver's own code only");
        }
    }

    /** A connection is being opened by the driver. */
    public static void demandOpening(Object carrier) throws SQLException {
        if (!Connections.isOpening()) {
            refuse(carrier, " opens a database without the driver");
        }
    }

    /** The first frame after those of the woven method, on the way out of the agent. */
    private static Class<?> callerOf(Stream<StackFrame> frames, Object carrier) {
        ClassLoader driver = carrier.getClass().getClassLoader();
        Iterator<StackFrame> i = frames.iterator();
        StackFrame woven = null;
        while (i.hasNext() && woven == null) {
            StackFrame frame = i.next();
            woven = frame.getDeclaringClass().getClassLoader() == driver
                            && frame.getDeclaringClass().isInstance(carrier)
                    ? frame
                    : null;
        }
        return i.hasNext() ? i.next().getDeclaringClass() : Object.class;
    }

    private static boolean isSibling(Object carrier, Class<?> other) {
        Class<?> own = carrier.getClass();
        return own.getClassLoader() == other.getClassLoader() && HOME.get(own).equals(HOME.get(other));
    }

    /** A method that cannot be mediated is called; the policy may list it like a connection setting. */
    public static void demandAllowed(Object carrier, String method) throws SQLException {
        String setting = vendorOf(carrier) + ":" + method;
        if (!Jdbc.current().gate().allowedConnectSettings().contains(setting)) {
            refuse(
                    carrier,
                    "." + method + " passes no statement, and is refused unless the policy lists " + setting
                            + " under connect.allow");
        }
    }

    private static String vendorOf(Object carrier) {
        String home = HOME.get(carrier.getClass());
        return VENDORS.getOrDefault(home, home);
    }

    private static void refuse(Object carrier, String why) throws SQLException {
        String vendor = vendorOf(carrier);
        Target target = new Target(Target.Protocol.JDBC, vendor, List.of(), "", "jdbc:" + vendor + ":");
        ConnectCommand command = new ConnectCommand(target, "none", CallSites.unwalked(), Map.of(), "");
        try {
            Jdbc.current()
                    .gate()
                    .refuse(command, "driver-internals", carrier.getClass().getName() + why + ".");
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }
}
