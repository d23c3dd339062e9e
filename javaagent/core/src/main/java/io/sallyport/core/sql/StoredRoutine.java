package io.sallyport.core.sql;

import java.util.Locale;
import java.util.Set;

/**
 * A function or procedure that is stored in the server.
 *
 * @param language in lower case: {@code sql}, {@code plpgsql} (and what reads like it), {@code java}, …
 * @param definition its body, or the whole statement that creates it; empty where it is not known
 */
public record StoredRoutine(String language, String definition) {

    /** Java code that runs in this process, where the connection that it gets is governed as any other. */
    public static final String GOVERNED = "governed java";

    private static final Set<String> READABLE = Set.of("sql", "plpgsql");

    /** Nothing is known of it. */
    static final StoredRoutine UNREAD = new StoredRoutine("", "");

    public StoredRoutine {
        language = language.toLowerCase(Locale.ROOT);
    }

    /** Whether the definition is made of statements. */
    public boolean isReadable() {
        return READABLE.contains(language);
    }

    /** Whether it is Java code that computes with its arguments and knows nothing else. */
    public boolean isPureJava() {
        return (language.equals("java") || language.equals(GOVERNED)) && PureJava.is(definition);
    }
}
