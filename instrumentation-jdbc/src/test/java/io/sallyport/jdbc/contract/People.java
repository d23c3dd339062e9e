package io.sallyport.jdbc.contract;

import java.util.Map;

/**
 * An application that reads and writes the table {@code people (id INT PRIMARY KEY, email VARCHAR, note VARCHAR)} of an H2 database
 * through a mapper.
 */
public interface People extends AutoCloseable {

    void open(String url) throws Exception;

    /** A row, by columns in lower case; loaded anew. */
    Map<String, Object> person(int id) throws Exception;

    /** Loads a row, changes its note, and writes all of its columns back. */
    void saveWhole(int id, String note) throws Exception;

    /** Writes a note and nothing else. */
    void saveNote(int id, String note) throws Exception;

    /** What the mapper takes the database for. */
    String database() throws Exception;
}
