package io.sallyport.jdbc.sample.mapper;

import io.sallyport.jdbc.contract.People;
import java.util.Map;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.mapping.VendorDatabaseIdProvider;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis, with statements in an interface. */
public final class MyBatis implements People {

    private UnpooledDataSource source;
    private SqlSessionFactory sessions;

    /** Made into an object by MyBatis. */
    public interface Statements {

        @Select("SELECT id AS \"id\", email AS \"email\", note AS \"note\" FROM people WHERE id = #{id}")
        Map<String, Object> person(int id);

        @Update("UPDATE people SET email = #{email}, note = #{note} WHERE id = #{id}")
        void save(Map<String, Object> person);

        @Update("UPDATE people SET note = #{note} WHERE id = #{id}")
        void saveNote(@Param("id") int id, @Param("note") String note);
    }

    @Override
    public void open(String url) {
        source = new UnpooledDataSource("org.h2.Driver", url, "", "");
        Configuration configuration = new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
        configuration.addMapper(Statements.class);
        sessions = new SqlSessionFactoryBuilder().build(configuration);
    }

    @Override
    public Map<String, Object> person(int id) {
        try (SqlSession session = sessions.openSession()) {
            return session.getMapper(Statements.class).person(id);
        }
    }

    @Override
    public void saveWhole(int id, String note) {
        try (SqlSession session = sessions.openSession()) {
            Statements statements = session.getMapper(Statements.class);
            Map<String, Object> person = statements.person(id);
            person.put("note", note);
            statements.save(person);
            session.commit();
        }
    }

    @Override
    public void saveNote(int id, String note) {
        try (SqlSession session = sessions.openSession(true)) {
            session.getMapper(Statements.class).saveNote(id, note);
        }
    }

    @Override
    public String database() {
        return new VendorDatabaseIdProvider().getDatabaseId(source);
    }

    @Override
    public void close() {}
}
