package io.sallyport.jdbc.read;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Masked elements in place of a driver's array, where the driver makes none from elements. Immutable. */
final class MaskedArray implements Array {

    private final int baseType;
    private final String baseTypeName;
    private final Object elements;

    /** @param elements an array */
    MaskedArray(int baseType, String baseTypeName, Object elements) {
        this.baseType = baseType;
        this.baseTypeName = baseTypeName;
        this.elements = elements;
    }

    @Override
    public String getBaseTypeName() {
        return baseTypeName;
    }

    @Override
    public int getBaseType() {
        return baseType;
    }

    @Override
    public Object getArray() throws SQLException {
        return getArray(1, java.lang.reflect.Array.getLength(elements));
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
        return getArray(1, java.lang.reflect.Array.getLength(elements), map);
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        int length = java.lang.reflect.Array.getLength(elements);
        if (index < 1 || count < 0 || index - 1 + count > length) {
            throw new SQLException("outside the array", "2202E");
        }
        Object slice = java.lang.reflect.Array.newInstance(elements.getClass().getComponentType(), count);
        System.arraycopy(elements, (int) index - 1, slice, 0, count);
        return slice;
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw unsupported();
        }
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw unsupported();
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        throw unsupported();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        throw unsupported();
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        throw unsupported();
    }

    @Override
    public void free() {}

    @Override
    public String toString() {
        return elements instanceof Object[] objects ? Arrays.deepToString(objects) : "array";
    }

    private static SQLException unsupported() {
        return new SQLFeatureNotSupportedException(
                "this array is masked by policy; read it by getArray() without a map", "0A000");
    }
}
