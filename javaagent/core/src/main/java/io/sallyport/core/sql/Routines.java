package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions that users defined, and what their results may hold: the columns that a body in SQL returns, nothing where a body reads
 * nothing, anything otherwise. Worked out when a statement first calls one. Thread-safe.
 *
 * <p>Overloads are one function here, and a call is not told from a column of the same name that is followed by a parenthesis: both
 * err to the closed side.
 */
final class Routines {

    /** There are none, or nothing is known of them. */
    static final Routines NONE = new Routines(Dialect.GENERIC, Map.of());

    private static final Set<ColumnOrigin> ANYTHING = Set.of(ColumnOrigin.ANYTHING);
    private static final Set<ColumnOrigin> UNDER_WAY = Set.of();

    /** Words without which a body in SQL, PL/pgSQL or the like reads no table and runs no other text. */
    private static final Set<String> READING =
            Set.of("FROM", "TABLE", "EXECUTE", "FETCH", "PERFORM", "CALL", "QUERY", "JOIN");

    /** A workload that makes more makes names as it goes. */
    private static final int MOST = 10_000;

    private static final int MOST_OVERLOADS = 32;

    /** Collects bodies by name. */
    static final class Draft {
        private final Map<String, List<StoredRoutine>> bodies = new HashMap<>();

        void add(String name, String language, String definition) {
            bodies.computeIfAbsent(name, n -> new ArrayList<>()).add(new StoredRoutine(language, definition));
        }

        Routines build(Dialect dialect) {
            return bodies.isEmpty() ? NONE : new Routines(dialect, Map.copyOf(bodies));
        }
    }

    private final Dialect dialect;
    private final Map<String, List<StoredRoutine>> bodies;
    private final Map<String, Set<ColumnOrigin>> known = new ConcurrentHashMap<>();
    private final boolean setPath;

    private Routines(Dialect dialect, Map<String, List<StoredRoutine>> bodies) {
        this.dialect = dialect;
        this.bodies = bodies;
        this.setPath = bodies.values().stream().flatMap(List::stream).anyMatch(Routines::setsPath);
    }

    /** What sets it for a routine of its own, outside of the body, holds as long as that runs. */
    private static boolean setsPath(StoredRoutine routine) {
        return routine.definition().toLowerCase(Locale.ROOT).contains("search_path");
    }

    /** Whether a function may change where the session looks for names, which no statement that calls it shows. */
    boolean setPath() {
        return setPath;
    }

    /** These and {@code more}; overloads and older definitions count as well. */
    Routines plus(Dialect its, List<CreatedRoutine> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, List<StoredRoutine>> all = new HashMap<>(bodies);
        for (CreatedRoutine routine : more) {
            StoredRoutine body = new StoredRoutine(routine.language(), routine.definition());
            List<StoredRoutine> known = all.getOrDefault(routine.name(), List.of());
            if (!known.contains(body) && (all.size() < MOST || !known.isEmpty())) {
                List<StoredRoutine> both = new ArrayList<>(known);
                both.add(body);
                all.put(
                        routine.name(),
                        known.size() < MOST_OVERLOADS ? List.copyOf(both) : List.of(StoredRoutine.UNREAD));
            }
        }
        return all.equals(bodies) ? this : new Routines(its, Map.copyOf(all));
    }

    /** The bodies of all routines of this name. */
    List<StoredRoutine> named(String name) {
        return bodies.getOrDefault(name, List.of());
    }

    boolean isProgram(String name) {
        return bodies.getOrDefault(name, List.of()).stream()
                .anyMatch(body -> body.language().equals("java"));
    }

    /** What {@code name} is called under another name. */
    List<CreatedRoutine> renamed(String name, String other) {
        return bodies.getOrDefault(name, List.of()).stream()
                .map(body -> new CreatedRoutine(other, body.language(), body.definition()))
                .toList();
    }

    boolean isLike(Routines other) {
        return bodies.equals(other.bodies);
    }

    boolean has(String name) {
        return bodies.containsKey(name);
    }

    boolean hasAny(Set<String> words) {
        return bodies.entrySet().stream()
                .anyMatch(routine -> words.contains(routine.getKey())
                        && !routine.getValue().stream()
                                .allMatch(body -> body.language().equals(StoredRoutine.GOVERNED)));
    }

    boolean isEmpty() {
        return bodies.isEmpty();
    }

    /** What the functions called in {@code t} may bring into its output. */
    Set<ColumnOrigin> calledIn(Tokens t, Catalogue catalogue) {
        return bodies.isEmpty() ? Set.of() : called(t, catalogue, new HashSet<>());
    }

    private Set<ColumnOrigin> called(Tokens t, Catalogue catalogue, Set<String> underWay) {
        Set<ColumnOrigin> all = new LinkedHashSet<>();
        for (int i = 0; i + 1 < t.size(); i++) {
            if (t.is(i + 1, TokenType.LEFT_PAREN) && t.isName(i) && bodies.containsKey(t.name(i))) {
                all.addAll(of(t.name(i), catalogue, underWay));
            }
        }
        return all;
    }

    private Set<ColumnOrigin> of(String name, Catalogue catalogue, Set<String> underWay) {
        Set<ColumnOrigin> origins = known.get(name);
        if (origins != null) {
            return origins;
        }
        if (!underWay.add(name)) {
            return UNDER_WAY;
        }
        Set<ColumnOrigin> found = new LinkedHashSet<>();
        for (StoredRoutine body : bodies.getOrDefault(name, List.of())) {
            found.addAll(of(body, catalogue, underWay));
        }
        underWay.remove(name);
        Set<ColumnOrigin> all = found.contains(ColumnOrigin.ANYTHING) ? ANYTHING : Set.copyOf(found);
        if (underWay.isEmpty()) {
            // Inside a recursion the answer may be a part of the whole one.
            known.put(name, all);
        }
        return all;
    }

    private Set<ColumnOrigin> of(StoredRoutine body, Catalogue catalogue, Set<String> underWay) {
        if (body.language().equals(StoredRoutine.GOVERNED) || body.isPureJava()) {
            return Set.of();
        }
        Tokens t = Lexer.tokens(body.definition(), LexRules.of(dialect));
        if (!body.isReadable() || t.broken()) {
            return ANYTHING;
        }
        if (!readsNothing(t) && body.language().equals("sql")) {
            Set<ColumnOrigin> returned = ofQuery(body.definition(), t, catalogue, underWay);
            if (!returned.contains(ColumnOrigin.ANYTHING)) {
                return returned;
            }
        }
        Set<ColumnOrigin> read = new LinkedHashSet<>(called(t, catalogue, underWay));
        read.addAll(new BodyReads(dialect, this, catalogue).of(t));
        return read;
    }

    private static boolean readsNothing(Tokens t) {
        for (int i = 0; i < t.size(); i++) {
            if (t.is(i, TokenType.WORD) && READING.contains(t.word(i))) {
                return false;
            }
        }
        return true;
    }

    /** One query, whose output the function returns. */
    private Set<ColumnOrigin> ofQuery(String sql, Tokens t, Catalogue catalogue, Set<String> underWay) {
        SqlAnalysis analysis = new StandardSqlReader(1, 1)
                .read(dialect, sql, catalogue.with(catalogue.structure().withoutRoutines()));
        Lineage lineage = analysis.lineage();
        if (!lineage.exact() || analysis.facts().opaque()) {
            return ANYTHING;
        }
        Set<ColumnOrigin> origins = new LinkedHashSet<>(called(t, catalogue, underWay));
        for (OutputItem item : lineage.items()) {
            if (item instanceof OutputItem.Column column) {
                if (!column.complete()) {
                    return ANYTHING;
                }
                origins.addAll(column.origins());
            } else if (item instanceof OutputItem.Rest rest) {
                origins.addAll(rest.origins());
            } else if (item instanceof OutputItem.Star star) {
                origins.add(new ColumnOrigin(star.schema(), star.table(), ColumnOrigin.WHOLE_ROW));
            }
        }
        return origins;
    }
}
