package io.sallyport.jdbc.sample.mapper;

import io.sallyport.jdbc.contract.People;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** JDBI 3, with rows as maps. */
public final class Jdbi3 implements People {

    private Jdbi jdbi;

    @Override
    public void open(String url) {
        jdbi = Jdbi.create(url);
    }

    @Override
    public Map<String, Object> person(int id) {
        return jdbi.withHandle(h -> h.createQuery("SELECT id, email, note FROM people WHERE id = :id")
                .bind("id", id)
                .mapToMap()
                .one());
    }

    @Override
    public void saveWhole(int id, String note) {
        Map<String, Object> person = person(id);
        person.put("note", note);
        jdbi.useTransaction(h -> h.createUpdate("UPDATE people SET email = :email, note = :note WHERE id = :id")
                .bindMap(person)
                .execute());
    }

    @Override
    public void saveNote(int id, String note) {
        jdbi.useHandle(h -> h.execute("UPDATE people SET note = ? WHERE id = ?", note, id));
    }

    @Override
    public String database() throws Exception {
        return jdbi.withHandle(h -> h.getConnection().getMetaData().getDatabaseProductName());
    }

    @Override
    public void close() {}
}
