package io.sallyport.jdbc.sample;

import java.sql.SQLData;
import java.sql.SQLException;
import java.sql.SQLInput;
import java.sql.SQLOutput;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's class for values of a structured type; remembers what the driver gave it. */
public final class SeenRow implements SQLData {

    public static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @Override
    public String getSQLTypeName() {
        return "person";
    }

    @Override
    public void readSQL(SQLInput stream, String typeName) throws SQLException {
        SEEN.add(stream.readString());
    }

    @Override
    public void writeSQL(SQLOutput stream) {}
}
