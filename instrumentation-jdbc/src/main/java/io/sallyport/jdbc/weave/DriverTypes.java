package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.jdbc.connect.KnownWrappers;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;
import java.io.InputStream;
import java.io.Reader;
import java.util.Calendar;
import java.util.List;
import java.util.Map;

/**
 * Which classes and methods are woven.
 *
 * <p>Enforcement is at the innermost class: pools and proxies delegate, and every call that they let through reaches the driver's
 * own object. Known ones are left alone, to save their callers the second look; an unknown one is woven and recognised at run time
 * by its metadata, which come from another connection. Either way it is the driver's object that counts.
 */
final class DriverTypes {

    /** A class, for the reason that {@link Match} gives. */
    private static final Match<TypeInfo> WRAPPERS = new Match<>() {
        @Override
        public boolean matches(TypeInfo type) {
            return KnownWrappers.contain(type.name());
        }
    };

    /** SQLite's result sets are their own metadata. */
    private static final Match<MethodInfo> METADATA = namedOneOf(
            "getCatalogName",
            "getColumnClassName",
            "getColumnDisplaySize",
            "getColumnLabel",
            "getColumnName",
            "getColumnType",
            "getColumnTypeName",
            "getPrecision",
            "getScale",
            "getSchemaName",
            "getTableName");

    /**
     * Classes that hold the code of a JDBC type without implementing it: SQLite's {@code JDBC4Statement implements Statement} inherits
     * every method from {@code JDBC3Statement}, which does not. For drivers that are not listed see
     * {@link io.sallyport.weaving.WeaveModule}: a class that inherits what should be woven is refused.
     */
    private static final Map<String, List<String>> BODIES = Map.of(
            "java.sql.Statement", List.of("org.sqlite.core.CoreStatement", "org.sqlite.jdbc3.JDBC3Statement"),
            "java.sql.PreparedStatement", List.of("org.sqlite.jdbc3.JDBC3PreparedStatement"),
            "java.sql.ResultSet", List.of("org.sqlite.jdbc3.JDBC3ResultSet"));

    private DriverTypes() {}

    static Match<TypeInfo> implementing(String jdbcType) {
        Match<TypeInfo> bodies =
                namedOneOf(BODIES.getOrDefault(jdbcType, List.of()).toArray(new String[0]));
        return not(isInterface()).and(not(WRAPPERS)).and(bodies.or(hasSuperType(named(jdbcType))));
    }

    static Match<MethodInfo> returning(String jdbcType) {
        return returns(hasSuperType(named(jdbcType)));
    }

    /**
     * Getters of column values in both forms, those of JDBC and those that a vendor adds, and {@code wasNull}. What describes a
     * column and not its value is left out.
     */
    static Match<MethodInfo> getter() {
        return isPublic()
                .and(nameStartsWith("get"))
                .and(takesArgument(0, int.class).or(takesArgument(0, String.class)))
                .and(not(namedOneOf(
                        "getColumnOID", "getMoreResults", "getBytesRepresentation", "getCoreParameterIndex")))
                .and(not(METADATA))
                .or(isPublic().and(named("wasNull")).and(takesNoArguments()));
    }

    /** Getters that take a calendar. */
    static Match<MethodInfo> calendarGetter() {
        return isPublic()
                .and(namedOneOf("getDate", "getTime", "getTimestamp"))
                .and(takesArguments(int.class, Calendar.class).or(takesArguments(String.class, Calendar.class)));
    }

    /** Setters of parameters: position or name, value, and perhaps more. */
    static Match<MethodInfo> setter() {
        return isPublic()
                .and(nameStartsWith("set"))
                .and(takesArgument(0, int.class).or(takesArgument(0, String.class)))
                .and(not(takesArguments(1)))
                // MySQL's query attributes are no parameters.
                .and(not(named("setAttribute")));
    }

    /** Of the setters, those whose value may be one that can be read once only. */
    static Match<MethodInfo> streamSetter() {
        return takesArgument(1, InputStream.class)
                .or(takesArgument(1, Reader.class))
                .or(named("setObject").and(takesArgument(1, Object.class)));
    }
}
