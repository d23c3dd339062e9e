package io.sallyport.jdbc.sample;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.util.PGobject;

/** An application's class for values of a type of PostgreSQL's; remembers what the driver gave it. */
public final class SeenValue extends PGobject {

    private static final long serialVersionUID = 1L;

    public static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @Override
    public void setValue(String value) throws java.sql.SQLException {
        SEEN.add(String.valueOf(value));
        super.setValue(value);
    }
}
