package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.Tokens;

/** Languages of stored code that reach beyond the database: PostgreSQL's untrusted ones ({@code c}, {@code pl…u}), Java. */
final class Languages {

    private Languages() {}

    /** Whether the name or string at {@code i} names one. */
    static boolean isUntrusted(Tokens t, int i) {
        return isUntrusted(t.isName(i) ? t.name(i) : Names.fold(t.content(i)));
    }

    static boolean isUntrusted(String name) {
        return name.equals("c")
                || name.equals("java")
                || name.equals("internal")
                || name.equals("plsh")
                || name.startsWith("pl") && name.endsWith("u");
    }
}
