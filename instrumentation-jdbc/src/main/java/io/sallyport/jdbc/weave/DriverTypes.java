package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Which classes and methods are woven.
 *
 * <p>Enforcement is at the innermost class: pools and proxies delegate, and every call that they let through reaches the driver's
 * own object. Known ones are left alone, to save their callers the second look; an unknown one is woven and recognised at run time
 * by its metadata, which come from another connection. Either way it is the driver's object that counts.
 */
final class DriverTypes {

    private static final ElementMatcher.Junction<TypeDescription> WRAPPERS = nameStartsWith("com.zaxxer.hikari.")
            .or(nameStartsWith("org.apache.commons.dbcp."))
            .or(nameStartsWith("org.apache.commons.dbcp2."))
            .or(nameStartsWith("org.apache.tomcat.dbcp."))
            .or(nameStartsWith("org.apache.tomcat.jdbc."))
            .or(nameStartsWith("com.mchange.v2."))
            .or(nameStartsWith("com.alibaba.druid."))
            .or(nameStartsWith("io.agroal."))
            .or(nameStartsWith("com.p6spy."))
            .or(nameStartsWith("net.ttddyy.dsproxy."))
            .or(nameStartsWith("org.springframework."))
            // Connector/J's connections over several hosts, around its own.
            .or(nameStartsWith("com.mysql.cj.jdbc.ha."))
            // Row sets copy what a woven result gives them.
            .or(nameStartsWith("com.sun.rowset."))
            .or(nameStartsWith("javax.sql."));

    private DriverTypes() {}

    static ElementMatcher.Junction<TypeDescription> implementing(String jdbcType) {
        return not(isInterface()).and(not(WRAPPERS)).and(hasSuperType(named(jdbcType)));
    }

    static ElementMatcher.Junction<MethodDescription> returning(String jdbcType) {
        return returns(hasSuperType(named(jdbcType)));
    }

    /**
     * Getters of column values in both forms, those of JDBC and those that a vendor adds, and {@code wasNull}. What describes a
     * column and not its value is left out.
     */
    static ElementMatcher.Junction<MethodDescription> getter() {
        return isPublic()
                .and(nameStartsWith("get"))
                .and(takesArgument(0, int.class).or(takesArgument(0, String.class)))
                .and(not(namedOneOf("getColumnOID", "getMoreResults")))
                .or(isPublic().and(named("wasNull")).and(takesNoArguments()));
    }

    /** Setters of parameters: position or name, value, and perhaps more. */
    static ElementMatcher.Junction<MethodDescription> setter() {
        return isPublic()
                .and(nameStartsWith("set"))
                .and(takesArgument(0, int.class).or(takesArgument(0, String.class)))
                .and(not(takesArguments(1)));
    }
}
