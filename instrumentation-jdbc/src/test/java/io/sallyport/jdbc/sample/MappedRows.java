package io.sallyport.jdbc.sample;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.serial.SQLInputImpl;

/** A row (person, plain) of a driver that builds objects of the classes that type maps name, as JDBC has it, or by a factory. */
public abstract class MappedRows implements ResultSet {

    private final Map<String, Class<?>> ofConnection = new HashMap<>();

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        RowSetMetaDataImpl about = new RowSetMetaDataImpl();
        about.setColumnCount(2);
        about.setColumnLabel(1, "person");
        about.setColumnLabel(2, "plain");
        return about;
    }

    @Override
    public Object getObject(int column) throws SQLException {
        return getObject(column, ofConnection);
    }

    @Override
    public Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
        return map.isEmpty() ? "4711" : built(map.get("person"));
    }

    @Override
    public <T> T getObject(int column, Class<T> type) throws SQLException {
        return type.cast(SQLData.class.isAssignableFrom(type) ? built(type) : "4711");
    }

    /** A vendor's getter. */
    public Object getORAData(int column, UnaryOperator<Object> factory) {
        return factory.apply("4711");
    }

    private static Object built(Class<?> type) throws SQLException {
        try {
            SQLData made = (SQLData) type.getConstructor().newInstance();
            made.readSQL(new SQLInputImpl(new Object[] {"4711"}, Map.of()), "person");
            return made;
        } catch (ReflectiveOperationException e) {
            throw new SQLException(e);
        }
    }

    @Override
    public Statement getStatement() {
        return proxy(Statement.class, "getConnection", proxy(Connection.class, "getTypeMap", ofConnection));
    }

    private static <T> T proxy(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(MappedRows.class.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> {
            if (m.getName().equals(method)) {
                return answer;
            }
            throw new UnsupportedOperationException(m.getName());
        }));
    }
}
