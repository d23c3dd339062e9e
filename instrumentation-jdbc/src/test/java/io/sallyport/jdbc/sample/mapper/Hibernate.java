package io.sallyport.jdbc.sample.mapper;

import io.sallyport.jdbc.contract.People;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Hibernate, which loads entities, finds out what changed, and writes back all of an entity or what changed of it. */
public final class Hibernate implements People {

    private SessionFactory sessions;

    /** Written back as a whole. */
    @Entity(name = "WholePerson")
    @Table(name = "people")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    public static class WholePerson {
        @Id
        public int id;

        public String email;
        public String note;
    }

    /** Written back by the columns that changed. */
    @Entity(name = "DynamicPerson")
    @Table(name = "people")
    @DynamicUpdate
    public static class DynamicPerson {
        @Id
        public int id;

        public String email;
        public String note;
    }

    @Override
    public void open(String url) {
        sessions = new Configuration()
                .addAnnotatedClass(WholePerson.class)
                .addAnnotatedClass(DynamicPerson.class)
                .setProperty("hibernate.connection.url", url)
                .setProperty("hibernate.connection.pool_size", "1")
                .setProperty("hibernate.cache.use_second_level_cache", "true")
                .setProperty("hibernate.cache.region.factory_class", MapRegions.class.getName())
                .buildSessionFactory();
    }

    @Override
    public Map<String, Object> person(int id) {
        return sessions.fromSession(s -> {
            WholePerson p = s.find(WholePerson.class, id);
            return Map.of("id", p.id, "email", p.email, "note", p.note);
        });
    }

    @Override
    public void saveWhole(int id, String note) {
        sessions.inTransaction(s -> s.find(WholePerson.class, id).note = note);
    }

    @Override
    public void saveNote(int id, String note) {
        sessions.inTransaction(s -> s.find(DynamicPerson.class, id).note = note);
    }

    @Override
    public String database() {
        return ((SessionFactoryImplementor) sessions)
                .getJdbcServices()
                .getDialect()
                .getClass()
                .getSimpleName();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
