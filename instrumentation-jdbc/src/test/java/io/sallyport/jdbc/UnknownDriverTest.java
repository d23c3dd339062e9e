package io.sallyport.jdbc;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.mask.ColumnMasks;
import io.sallyport.core.mask.function.MaskingFunctions;
import io.sallyport.weaving.Coverage;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.FieldAccessor;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.implementation.StubMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver that nobody has heard of: the generic weave, or refused where a class of it could not be woven. */
class UnknownDriverTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static int classes;

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    @Test
    void itIsRefusedUnlessThePolicyNamesIt() throws Exception {
        Connection connection = connection(false, null);
        assertRefused("unproven", () -> connect(connection));
        GATE.allowedUnproven = Set.of("newdb");
        GATE.checks.clear();
        assertThat(connect(connection)).isSameAs(connection);
        assertThat(WovenProcess.COVERAGE.entries())
                .filteredOn(e -> e.type().equals(connection.getClass().getName()))
                .singleElement()
                .extracting(Coverage.Entry::state)
                .isEqualTo(Coverage.State.WOVEN_UNPROVEN);
    }

    @Test
    void itsStatementsAreDecided() throws Exception {
        GATE.allowedUnproven = Set.of("newdb");
        Connection connection = connect(connection(false, statement(false, result(false))));
        GATE.denySql("DROP");
        Statement s = connection.createStatement();
        assertThatThrownBy(() -> s.executeQuery("DROP TABLE t")).hasMessageContaining("not today");
        assertThat(s.executeQuery("SELECT 1")).isNotNull();
        assertThat(GATE.statements()).containsExactly("DROP TABLE t", "SELECT 1");
    }

    @Test
    void aConnectionThatCouldNotBeWovenIsNotHandedOut() throws Exception {
        GATE.allowedUnproven = Set.of("newdb");
        Connection hidden = connection(true, null);
        assertRefused("unwoven", () -> connect(hidden));
    }

    @Test
    void aStatementThatCouldNotBeWovenIsNotHandedOut() throws Exception {
        GATE.allowedUnproven = Set.of("newdb");
        Connection connection = connect(connection(false, statement(true, null)));
        assertRefused("unwoven", connection::createStatement);
    }

    @Test
    void aResultThatCouldNotBeWovenIsNotHandedOut() throws Exception {
        GATE.allowedUnproven = Set.of("newdb");
        Connection connection = connect(connection(false, statement(false, result(true))));
        Statement s = connection.createStatement();
        assertRefused("unwoven", () -> s.executeQuery("SELECT 1"));
    }

    @Test
    void whatItOpensOfAnotherDriverPastThatDriversConnectIsRefused() throws Exception {
        Class<?> calls = WovenProcess.APPLICATION.loadClass("io.sallyport.jdbc.sample.SqliteCalls");
        Callable<Connection> opening = () -> {
            try {
                calls.getMethod("open", Connection.class).invoke(null, (Object) null);
            } catch (InvocationTargetException e) {
                throw (Exception) e.getCause();
            }
            return null;
        };
        Driver driver = (Driver) WovenProcess.APPLICATION
                .loadClass("io.sallyport.jdbc.sample.UnknownDriver")
                .getConstructor(Callable.class)
                .newInstance(opening);
        assertRefused("driver-internals", () -> WovenProcess.connect(driver, "jdbc:newdb://host/x"));
    }

    /** Its metadata are asked for, to find out whose wrapper it is. */
    @Test
    void aConnectionOfTheApplicationsIsNoDriverWhileItIsAsked() throws Exception {
        try (Connection governed = WovenProcess.connect("jdbc:h2:mem:asked")) {
            List<Throwable> refused = new ArrayList<>();
            Connection asked = (Connection) application(Connection.class, (proxy, method, arguments) -> {
                if (method.getName().equals("getMetaData")) {
                    try {
                        refused.add(new AssertionError(
                                governed.getClass().getMethod("getSession").invoke(governed)));
                    } catch (InvocationTargetException e) {
                        refused.add(e.getCause());
                    }
                    return governed.getMetaData();
                }
                return method.getName().equals("createStatement") ? governed.createStatement() : null;
            });
            asked.createStatement().close();

            assertThat(refused)
                    .isNotEmpty()
                    .allSatisfy(e -> assertThat(e).hasMessageStartingWith("Refused by Sallyport"));
        }
    }

    @Test
    void classesThatATypeMapOrAFactoryNamesSeeNoMaskedValue() throws Exception {
        GATE.masksByLabel = Map.of("person", ColumnMasks.of("r", MaskingFunctions.redact()));
        Class<?> seenRow = WovenProcess.APPLICATION.loadClass("io.sallyport.jdbc.sample.SeenRow");
        List<?> seen = (List<?>) seenRow.getField("SEEN").get(null);
        List<Object> given = new ArrayList<>();
        UnaryOperator<Object> factory = value -> {
            given.add(value);
            return value;
        };
        ResultSet rows = mappedRows();
        Map<String, Class<?>> map = Map.of("person", seenRow);
        Method vendors = rows.getClass().getMethod("getORAData", int.class, UnaryOperator.class);

        assertUnmapped(() -> rows.getObject(1, map));
        assertUnmapped(() -> rows.getObject(1, seenRow));
        assertUnmapped(() -> invoke(vendors, rows, 1, factory));
        assertThat(rows.getObject(1, Map.of())).isEqualTo("***");
        assertThat(rows.getObject(1, String.class)).isEqualTo("***");
        assertThat(rows.getObject(1)).isEqualTo("***");
        rows.getStatement().getConnection().getTypeMap().putAll(map);
        assertUnmapped(() -> rows.getObject(1));
        assertThat(seen).isEmpty();
        assertThat(given).isEmpty();

        assertThat(rows.getObject(2, map)).isInstanceOf(seenRow);
        assertThat(rows.getObject(2)).isInstanceOf(seenRow);
        assertThat(invoke(vendors, rows, 2, factory)).isEqualTo("4711");
    }

    private static ResultSet mappedRows() throws Exception {
        GATE.allowedUnproven = Set.of("newdb");
        ResultSet rows = (ResultSet) implementing(
                WovenProcess.APPLICATION.loadClass("io.sallyport.jdbc.sample.MappedRows"),
                ResultSet.class,
                "unwrap",
                false,
                null);
        return connect(connection(false, statement(false, rows)))
                .createStatement()
                .executeQuery("SELECT person, plain FROM t");
    }

    private static Object invoke(Method method, Object on, Object... arguments) throws Exception {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static void assertUnmapped(Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("read it without a type map");
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static void assertRefused(String check, Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("Refused by Sallyport")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42501");
        assertThat(GATE.checks).last().isEqualTo(check);
    }

    private static Connection connect(Connection handedOut) throws Exception {
        Driver driver = (Driver) WovenProcess.APPLICATION
                .loadClass("io.sallyport.jdbc.sample.UnknownDriver")
                .getConstructor(Connection.class)
                .newInstance(handedOut);
        return WovenProcess.connect(driver, "jdbc:newdb://host/x");
    }

    private static Connection connection(boolean hidden, Statement next) throws Exception {
        return (Connection) implementing(Connection.class, "createStatement", hidden, next);
    }

    private static Statement statement(boolean hidden, ResultSet next) throws Exception {
        return (Statement) implementing(Statement.class, "executeQuery", hidden, next);
    }

    private static ResultSet result(boolean hidden) throws Exception {
        return (ResultSet) implementing(ResultSet.class, "getStatement", hidden, null);
    }

    /** An object of a new class in the application that asks {@code handler} for everything. */
    private static Object application(Class<?> type, InvocationHandler handler) throws Exception {
        byte[] classFile = new ByteBuddy()
                .subclass(Object.class)
                .name("io.sallyport.jdbc.sample.Unknown" + type.getSimpleName() + classes++)
                .implement(type)
                .defineField("handler", InvocationHandler.class, Visibility.PUBLIC)
                .method(isAbstract())
                .intercept(InvocationHandlerAdapter.toField("handler"))
                .make()
                .getBytes();
        Class<?> made = lookup().defineClass(classFile);
        Object object = made.getConstructor().newInstance();
        made.getField("handler").set(object, handler);
        return object;
    }

    private static MethodHandles.Lookup lookup() throws Exception {
        return (MethodHandles.Lookup) WovenProcess.APPLICATION
                .loadClass("io.sallyport.jdbc.sample.UnknownDriver")
                .getMethod("lookup")
                .invoke(null);
    }

    /** An object of a new class in the application; no transformer ever sees a hidden one. */
    private static Object implementing(Class<?> type, String method, boolean hidden, Object next) throws Exception {
        return implementing(Object.class, type, method, hidden, next);
    }

    private static Object implementing(Class<?> base, Class<?> type, String method, boolean hidden, Object next)
            throws Exception {
        Class<?> result = Stream.of(type.getMethods())
                .filter(m -> m.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .getReturnType();
        byte[] classFile = new ByteBuddy()
                .subclass(base)
                .name("io.sallyport.jdbc.sample.Unknown" + type.getSimpleName() + classes++)
                .implement(type)
                .defineField("next", result, Visibility.PUBLIC)
                .method(isAbstract())
                .intercept(StubMethod.INSTANCE)
                .method(named(method).and(isAbstract()))
                .intercept(FieldAccessor.ofField("next"))
                .make()
                .getBytes();
        Class<?> made =
                hidden ? lookup().defineHiddenClass(classFile, false).lookupClass() : lookup().defineClass(classFile);
        Object object = made.getConstructor().newInstance();
        made.getField("next").set(object, next);
        return object;
    }
}
