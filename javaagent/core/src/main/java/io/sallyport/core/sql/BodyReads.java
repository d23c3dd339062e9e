package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.lineage.LineageReader;
import io.sallyport.core.sql.structure.Words;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a routine's body may read, told from its words: every table that it names and every place that its functions read. Which of it
 * the routine returns is not followed. Anything, where the body runs what it does not say, or names what no catalogue lists.
 */
final class BodyReads {

    /** Words with which a body runs what it does not name, or reads what another has opened. */
    private static final Set<String> UNSEEN = Set.of("EXECUTE", "EXEC", "PREPARE", "IMMEDIATE", "FETCH", "MOVE");

    /** Functions in whose arguments FROM introduces no table. */
    private static final Set<String> FROM_IN_CALL =
            Set.of("EXTRACT", "SUBSTRING", "SUBSTR", "TRIM", "OVERLAY", "POSITION", "NORMALIZE");

    private static final Pattern VIEW =
            Pattern.compile("\\bview\\s+(?:if\\s+not\\s+exists\\s+)?(?:[^\\s.(]+\\.)*([^\\s.(]+)");

    private final Dialect dialect;
    private final Routines routines;
    private final Catalogue catalogue;
    private final Set<ColumnOrigin> read = new LinkedHashSet<>();

    BodyReads(Dialect dialect, Routines routines, Catalogue catalogue) {
        this.dialect = dialect;
        this.routines = routines;
        this.catalogue = catalogue;
    }

    Set<ColumnOrigin> of(Tokens t) {
        Set<String> listed = catalogue.structure().listed();
        Set<String> own = namesGiven(t);
        for (int i = 0; i < t.size(); i++) {
            boolean called = t.is(i + 1, TokenType.LEFT_PAREN);
            if (t.is(i, TokenType.WORD) && UNSEEN.contains(t.word(i)) || t.is(i, "CALL") && !isKnownCall(t, i + 1)) {
                read.add(ColumnOrigin.ANYTHING);
            } else if (t.is(i, TokenType.PARAM) && t.text(i).startsWith("@") && dialect == Dialect.MYSQL) {
                // A session's variable, and the body may run in any session.
                read.add(ColumnOrigin.ANYTHING);
            } else if (t.isName(i) && called) {
                call(t.name(i));
            } else if (t.isName(i) && listed.contains(t.name(i))) {
                read.add(new ColumnOrigin(null, t.name(i), ColumnOrigin.WHOLE_ROW, true));
            }
            if (t.isAny(i, "FROM", "JOIN", "APPLY") && !t.is(i - 1, "DISTINCT")) {
                relations(t, i + 1, listed, own);
            }
        }
        if (!read.isEmpty() && namesView()) {
            read.add(ColumnOrigin.ANYTHING);
        }
        return read.contains(ColumnOrigin.ANYTHING) ? Set.of(ColumnOrigin.ANYTHING) : read;
    }

    private void call(String function) {
        KeptPlace place = KeptPlace.readBy(function);
        if (place != null) {
            read.add(place.origin());
        }
        if (LineageReader.readsAnything(function)) {
            read.add(ColumnOrigin.ANYTHING);
        }
    }

    private boolean isKnownCall(Tokens t, int at) {
        int name = at;
        while (t.is(name + 1, TokenType.DOT) && t.isName(name + 2)) {
            name += 2;
        }
        return t.is(name + 1, TokenType.LEFT_PAREN)
                && !routines.named(t.name(name)).isEmpty();
    }

    /** The list of relations that starts at {@code from}: whatever no catalogue lists, such as a temporary table, may hold anything. */
    private void relations(Tokens t, int from, Set<String> listed, Set<String> own) {
        boolean starts = true;
        for (int i = from; i < t.size(); i = t.skip(i, t.size())) {
            if (t.is(i, TokenType.COMMA)) {
                starts = true;
            } else if (t.is(i, TokenType.LEFT_PAREN)) {
                // A query: its own FROM is read by itself.
                starts = false;
            } else if (starts && t.isName(i) && !t.isAny(i, "LATERAL", "ONLY")) {
                int name = i;
                while (t.is(name + 1, TokenType.DOT) && t.isName(name + 2)) {
                    name += 2;
                }
                String relation = t.name(name);
                boolean function = t.is(name + 1, TokenType.LEFT_PAREN);
                boolean known = function
                        ? catalogue.isPureFunction(relation)
                                || !routines.named(relation).isEmpty()
                        : listed.contains(relation) || own.contains(relation);
                if (!known) {
                    read.add(ColumnOrigin.ANYTHING);
                }
                starts = false;
                i = name;
            } else if (t.is(i, TokenType.SEMICOLON)
                    || t.is(i, TokenType.RIGHT_PAREN)
                    || t.is(i, TokenType.WORD) && Words.AFTER_FROM.contains(t.word(i))) {
                return;
            }
        }
    }

    /** Names that the body gives to queries of its own, and what stands behind FROM where that introduces no relation. */
    private static Set<String> namesGiven(Tokens t) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < t.size(); i++) {
            if (t.is(i, "AS") && t.is(i + 1, TokenType.LEFT_PAREN) && t.isName(i - 1)) {
                names.add(t.name(i - 1));
            }
            // What stands behind FROM there is a value.
            if (FROM_IN_CALL.contains(t.word(i)) && t.is(i + 1, TokenType.LEFT_PAREN)) {
                for (int j = i + 2; j < t.match(i + 1); j++) {
                    if (t.is(j, "FROM") && t.isName(j + 1)) {
                        names.add(t.name(j + 1));
                    }
                }
            }
        }
        return names;
    }

    private boolean namesView() {
        for (String view : catalogue.views()) {
            Matcher name = VIEW.matcher(view.toLowerCase(Locale.ROOT));
            String called = name.find() ? name.group(1).replaceAll("[\"`]", "") : "";
            for (ColumnOrigin origin : read) {
                if (called.isEmpty() || origin.table().equals(called)) {
                    return true;
                }
            }
        }
        return false;
    }
}
