package io.sallyport.jdbc.sample.mapper;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.sallyport.jdbc.contract.People;
import java.sql.DriverManager;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.CloseableDSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** jOOQ, which finds out itself what the database is and what its tables look like. */
public final class Jooq implements People {

    private static final Field<Integer> ID = field(name("ID"), Integer.class);
    private static final Field<String> NOTE = field(name("NOTE"), String.class);

    private CloseableDSLContext context;

    @Override
    public void open(String url) throws Exception {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        DriverManager.getConnection(url).close();
        context = DSL.using(url);
    }

    private Table<?> people() {
        return context.meta().getTables("PEOPLE").get(0);
    }

    @Override
    public Map<String, Object> person(int id) {
        Map<String, Object> person = new TreeMap<>();
        load(id).intoMap().forEach((column, value) -> person.put(column.toLowerCase(Locale.ROOT), value));
        return person;
    }

    private Record load(int id) {
        return context.selectFrom(people()).where(ID.eq(id)).fetchOne();
    }

    @Override
    public void saveWhole(int id, String note) {
        Record person = load(id);
        person.set(NOTE, note);
        // Otherwise only what was set is written.
        person.changed(true);
        context.update(people()).set(person).where(ID.eq(id)).execute();
    }

    @Override
    public void saveNote(int id, String note) {
        context.update(table(name("PEOPLE"))).set(NOTE, note).where(ID.eq(id)).execute();
    }

    @Override
    public String database() {
        return context.dialect().name();
    }

    @Override
    public void close() {
        context.close();
    }
}
