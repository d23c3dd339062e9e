package io.sallyport.jdbc.connect;

import java.lang.reflect.Proxy;
import java.util.List;

/** Pools and proxies by the names of their classes: they delegate, and every call that they let through reaches a driver's own object. */
public final class KnownWrappers {

    private static final List<String> PACKAGES = List.of(
            "com.zaxxer.hikari.",
            "org.apache.commons.dbcp.",
            "org.apache.commons.dbcp2.",
            "org.apache.tomcat.dbcp.",
            "org.apache.tomcat.jdbc.",
            "com.mchange.v2.",
            "com.alibaba.druid.",
            "io.agroal.",
            "com.p6spy.",
            "net.ttddyy.dsproxy.",
            "org.springframework.",
            // Connector/J's connections over several hosts, around its own.
            "com.mysql.cj.jdbc.ha.",
            // Mockito's mocks: a question while a test tells them what to answer counts as the test's own call.
            "org.mockito.",
            // Row sets copy what a woven result gives them.
            "com.sun.rowset.",
            "javax.sql.");

    private KnownWrappers() {}

    public static boolean contain(String className) {
        for (String known : PACKAGES) {
            if (className.startsWith(known)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an object is a JDK proxy whose handler is of theirs: its class has a name that tells nothing. Connector/J's are left to {@link HostSwitch},
     * whose statements name the proxy for their connection.
     */
    public static boolean handle(Object object) {
        return Proxy.isProxyClass(object.getClass())
                && contain(Proxy.getInvocationHandler(object).getClass().getName())
                && !HostSwitch.is(object);
    }
}
