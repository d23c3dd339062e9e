package io.sallyport.benchmarks.start;

import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A Spring Boot application with a web server and a pool of connections to H2, that starts, uses both once and ends. */
@EnableAutoConfiguration
public class SpringProgram {

    public static void main(String[] arguments) throws IOException {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                SpringProgram.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:h2:mem:start",
                "--spring.datasource.username=sa")) {
            JdbcTemplate database = context.getBean(JdbcTemplate.class);
            database.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(40))");
            database.update("INSERT INTO t VALUES (?, ?)", 2, "Grace");
            System.out.println("read " + database.queryForObject("SELECT name FROM t WHERE id = ?", String.class, 2));
        }
        SmallProgram.report();
    }
}
