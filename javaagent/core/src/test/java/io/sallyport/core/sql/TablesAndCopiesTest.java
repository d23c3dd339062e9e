package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables a statement uses ({@code r:} read, {@code w:} written) and columns it copies values into ({@code into<from}). */
class TablesAndCopiesTest {

    private static final Catalogue SCHEMA = new Catalogue(
            Map.of(
                    "customers", List.of("id", "name", "email", "phone", "ssn"),
                    "orders", List.of("id", "customer_id", "total", "note"),
                    "logs", List.of("id", "message")),
            List.of());

    private final SqlReader reader = new StandardSqlReader();

    static List<Corpus.Case> tables() {
        return Corpus.read("tables", 3);
    }

    static List<Corpus.Case> copies() {
        return Corpus.read("copies", 3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void tablesAreThoseTheStatementUses(Corpus.Case c) {
        List<TableUse> tables =
                reader.read(c.dialect(), c.sql(), Catalogue.EMPTY).tables();

        assertThat(tables.stream().map(TablesAndCopiesTest::describe)).containsExactlyInAnyOrderElementsOf(words(c));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("copies")
    void copiedColumnsAreFound(Corpus.Case c) {
        List<Lineage.Copy> copies =
                reader.read(c.dialect(), c.sql(), SCHEMA).lineage().copies();

        assertThat(copies.stream()
                        .flatMap(copy -> copy.from().stream()
                                .map(from -> copy.into().table() + "."
                                        + copy.into().column() + "<" + from.table() + "." + from.column())))
                .containsExactlyInAnyOrderElementsOf(words(c));
    }

    private static List<String> words(Corpus.Case c) {
        String expected = c.fields().get(1);
        return expected.equals("-") ? List.of() : Stream.of(expected.split(" ")).toList();
    }

    private static String describe(TableUse use) {
        String name = use.schema() == null ? use.table() : use.schema() + "." + use.table();
        return (use.access() == TableUse.Access.READ ? "r:" : "w:") + name;
    }
}
