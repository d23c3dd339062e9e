package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is concluded from a catalogue that was read. */
class CatalogueDraftTest {

    private static final ColumnOrigin SSN = new ColumnOrigin("hr", "people", "ssn");

    private final CatalogueDraft draft = new CatalogueDraft(Dialect.POSTGRESQL);

    private Set<ColumnOrigin> origins(Catalogue catalogue, String sql) {
        SqlAnalysis analysis = new StandardSqlReader().read(Dialect.POSTGRESQL, sql, catalogue);
        return ((OutputItem.Column) analysis.lineage().items().get(0)).origins();
    }

    private void people() {
        draft.path(List.of("public"));
        draft.relation("hr", "people", List.of("id", "ssn"));
        draft.relation("public", "people", List.of("id", "ssn"));
    }

    @Test
    void aNameIsLookedUpAlongThePath() {
        people();
        assertThat(origins(draft.build(), "SELECT ssn FROM people"))
                .containsExactly(new ColumnOrigin("public", "people", "ssn"));
        assertThat(origins(draft.build(), "SELECT ssn FROM hr.people")).containsExactly(SSN);
    }

    @Test
    void withoutAPathANameMeansEveryRelationThatHasIt() {
        draft.relation("a", "v", List.of("x"));
        draft.view("a", "v", List.of("x"), "SELECT ssn FROM hr.people");
        draft.relation("b", "v", List.of("x"));
        draft.view("b", "v", List.of("x"), "SELECT iban FROM fin.accounts");
        assertThat(origins(draft.build(), "SELECT x FROM v"))
                .contains(SSN, new ColumnOrigin("fin", "accounts", "iban"));
    }

    private static Catalogue holding(Catalogue catalogue, ColumnOrigin into) {
        return catalogue.with(catalogue.inheritance().plus(List.of(new Lineage.Copy(into, List.of(SSN)))));
    }

    @Test
    void aRoutineMayReturnWhatTheTablesAndPlacesThatItReadsHoldByThen() {
        people();
        draft.relation("public", "copied", List.of("t"));
        draft.routine("of_copy", "sql", "SELECT t FROM copied");
        draft.routine("of_setting", "plpgsql", "BEGIN RETURN current_setting('a.b'); END");
        draft.routine("of_people", "plpgsql", "BEGIN RETURN (SELECT max(p.ssn) FROM hr.people p); END");
        draft.routine("of_xml", "sql", "SELECT query_to_xml('SELECT * FROM hr.people', true, true, '')");
        draft.routine("of_stranger", "plpgsql", "DECLARE x TEXT; BEGIN SELECT t INTO x FROM unlisted; RETURN x; END");
        draft.routine("of_text", "plpgsql", "BEGIN EXECUTE 'SELECT 1'; END");
        draft.routine("of_nothing", "plpgsql", "BEGIN RETURN extract(year from now()) || upper('a'); END");
        Catalogue catalogue = draft.build();

        assertThat(origins(catalogue, "SELECT of_copy()")).doesNotContain(SSN);
        assertThat(origins(holding(catalogue, new ColumnOrigin(null, "copied", "t")), "SELECT of_copy()"))
                .contains(SSN.asComputed());
        assertThat(origins(holding(catalogue, KeptPlace.SETTINGS.origin()), "SELECT of_setting()"))
                .contains(SSN.asComputed());
        assertThat(origins(catalogue, "SELECT of_people()"))
                .contains(new ColumnOrigin(null, "people", ColumnOrigin.WHOLE_ROW, true))
                .doesNotContain(ColumnOrigin.ANYTHING);
        assertThat(origins(catalogue, "SELECT of_xml()")).contains(ColumnOrigin.ANYTHING);
        assertThat(origins(catalogue, "SELECT of_stranger()")).contains(ColumnOrigin.ANYTHING);
        assertThat(origins(catalogue, "SELECT of_text()")).contains(ColumnOrigin.ANYTHING);
        assertThat(origins(catalogue, "SELECT of_nothing()")).isEmpty();
    }

    private SqlFacts facts(String sql) {
        return new StandardSqlReader()
                .read(Dialect.POSTGRESQL, sql, draft.build())
                .facts();
    }

    @Test
    void aCallDoesWhatTheRoutinesBodySays() {
        people();
        draft.routine("empties", "plpgsql", "BEGIN DELETE FROM people; END");
        draft.routine(
                "trims",
                "plpgsql",
                "DECLARE n INT := 0; BEGIN FOR r IN SELECT 1 LOOP DELETE FROM people WHERE id = n; END LOOP; END");
        draft.routine("returns", "plpgsql", "BEGIN RETURN QUERY DELETE FROM people RETURNING id; END");
        draft.routine("runs", "plpgsql", "BEGIN IF true THEN EXECUTE 'x'; END IF; END");
        draft.routine("reads_file", "plpgsql", "BEGIN RETURN pg_read_file('x'); END");
        draft.routine("does", "plpgsql", "BEGIN DO 'BEGIN END'; END");
        draft.routine("alien", "c", "");
        draft.routine("computes", "plpgsql", "BEGIN RETURN CASE WHEN true THEN 1 ELSE 2 END; END");
        draft.routine("computes_more", "sql", "SELECT 1");

        assertThat(facts("CALL empties()").unboundedWrite()).isTrue();
        assertThat(facts("CALL returns()").unboundedWrite()).isTrue();
        assertThat(facts("CALL trims()").writes()).isTrue();
        assertThat(facts("CALL trims()").opaque()).isFalse();
        assertThat(facts("CALL reads_file()").fileOrOsAccess()).isTrue();
        for (String opaque : List.of("runs", "does", "alien", "nowhere")) {
            assertThat(facts("CALL " + opaque + "()").opaque()).as(opaque).isTrue();
        }
        assertThat(facts("CALL computes()")).isEqualTo(SqlFacts.NONE);
        assertThat(facts("{? = call computes_more()}")).isEqualTo(SqlFacts.NONE);
        assertThat(facts("{? = call abs(?)}")).isEqualTo(SqlFacts.NONE);
        assertThat(facts("{? = call pg_read_file(?)}").opaque()).isTrue();
    }

    @Test
    void aCallCopiesWhatTheRoutinesBodyCopies() {
        people();
        draft.relation("public", "copied", List.of("t"));
        draft.routine("copies", "plpgsql", "BEGIN INSERT INTO copied SELECT ssn FROM hr.people; END");
        Lineage lineage = new StandardSqlReader()
                .read(Dialect.POSTGRESQL, "CALL copies()", draft.build())
                .lineage();

        assertThat(lineage.copies()).anySatisfy(copy -> {
            assertThat(copy.into().table()).isEqualTo("copied");
            assertThat(copy.from()).contains(SSN);
        });
    }

    @Test
    void aCallWithoutBracketsIsReadAsOneWithThem() {
        people();
        draft.relation("public", "copied", List.of("t"));
        draft.routine("copies", "plpgsql", "BEGIN INSERT INTO copied SELECT ssn FROM hr.people; END");
        draft.routine("computes", "sql", "SELECT 1");

        assertThat(lineage("{? = call computes}"))
                .isEqualTo(lineage("{? = call computes()}"))
                .matches(Lineage::exact);
        assertThat(lineage("CALL public.copies").copies()).anySatisfy(copy -> {
            assertThat(copy.into().table()).isEqualTo("copied");
            assertThat(copy.from()).contains(SSN);
        });
        assertThat(lineage("CALL nowhere").exact()).isFalse();
    }

    private Lineage lineage(String sql) {
        return new StandardSqlReader()
                .read(Dialect.POSTGRESQL, sql, draft.build())
                .lineage();
    }

    @Test
    void anUnlistedRelationMayShowAnything() {
        people();
        Catalogue catalogue = draft.build();
        assertThat(origins(catalogue, "SELECT x FROM stranger")).contains(ColumnOrigin.ANYTHING);
        assertThat(origins(catalogue, "SELECT relname FROM pg_class")).doesNotContain(ColumnOrigin.ANYTHING);
        assertThat(origins(Catalogue.EMPTY, "SELECT x FROM stranger")).doesNotContain(ColumnOrigin.ANYTHING);
    }

    @Test
    void aChildHasItsParentsColumnsAndAParentItsChildrens() {
        people();
        draft.relation("hr", "people_1", List.of("id", "ssn"));
        draft.inherits("hr", "people_1", "hr", "people");
        assertThat(origins(draft.build(), "SELECT ssn FROM hr.people_1")).contains(SSN);
        assertThat(origins(draft.build(), "SELECT ssn FROM hr.people"))
                .contains(new ColumnOrigin("hr", "people_1", "ssn"));
    }

    @Test
    void aCopyIntoOneOfManyChildrenIsFoundInTheParent() {
        people();
        draft.relation("public", "log", List.of("id", "t"));
        for (int i = 0; i < 100; i++) {
            draft.relation("public", "log_" + i, List.of("id", "t"));
            draft.inherits("public", "log_" + i, "public", "log");
        }
        TargetCatalogue target = new TargetCatalogue();
        target.schema(draft.build());
        send(target, "INSERT INTO log_77 (id, t) SELECT id, ssn FROM hr.people");
        assertThat(origins(target.current(), "SELECT t FROM log")).contains(SSN);
        assertThat(origins(target.current(), "SELECT t FROM log_3")).contains(SSN);
        assertThat(origins(target.current(), "SELECT id FROM log_3")).doesNotContain(SSN);
    }

    @Test
    void aForeignTableHoldsWhatItsTableComesToHold() {
        people();
        TargetCatalogue target = new TargetCatalogue();
        target.schema(draft.build());
        send(target, "CREATE TABLE plain (id INT, t TEXT)");
        send(target, "CREATE FOREIGN TABLE far (id INT, t TEXT) SERVER loop OPTIONS (table_name 'plain')");
        send(target, "INSERT INTO far (id, t) SELECT id, ssn FROM hr.people");
        assertThat(origins(target.current(), "SELECT t FROM plain")).contains(SSN);
    }

    @Test
    void aServersOwnFilesMayHoldAnyTable() {
        people();
        assertThat(origins(draft.build(), "SELECT pg_read_binary_file(pg_relation_filepath('hr.people'))"))
                .contains(ColumnOrigin.ANYTHING);
    }

    @Test
    void aFunctionBringsWhatItsBodyReads() {
        people();
        draft.routine("ssn_of", "sql", "SELECT ssn FROM hr.people WHERE id = $1");
        draft.routine("outer_of", "plpgsql", "BEGIN RETURN ssn_of(i); END");
        draft.routine("twice", "plpgsql", "BEGIN RETURN i * 2; END");
        draft.routine("script", "plpython3u", "");
        Catalogue catalogue = draft.build();
        assertThat(origins(catalogue, "SELECT ssn_of(1)")).containsExactly(SSN.asComputed());
        assertThat(origins(catalogue, "SELECT outer_of(1)")).containsExactly(SSN.asComputed());
        assertThat(origins(catalogue, "SELECT twice(1)")).isEmpty();
        assertThat(origins(catalogue, "SELECT script(1)")).containsExactly(ColumnOrigin.ANYTHING);
    }

    @Test
    void aWriteThroughAViewWritesTheTableBelow() {
        people();
        draft.relation("public", "v", List.of("a", "b"));
        draft.view("public", "v", List.of("a", "b"), "SELECT id, ssn FROM hr.people");
        SqlAnalysis update =
                new StandardSqlReader().read(Dialect.POSTGRESQL, "UPDATE v SET b = ? WHERE a = 1", draft.build());
        assertThat(update.tables()).contains(new TableUse("hr", "people", TableUse.Access.WRITE));
        assertThat(update.lineage().inherited().of(null, "v", "b")).contains(SSN);
    }

    @Test
    void aSeenChangeIsAppliedUntilTheCatalogueIsReadAgain() {
        people();
        TargetCatalogue target = new TargetCatalogue();
        target.schema(draft.build());
        send(target, "CREATE TABLE own (t TEXT)");
        assertThat(origins(target.current(), "SELECT t FROM own")).doesNotContain(ColumnOrigin.ANYTHING);
        send(target, "DROP TABLE own");
        assertThat(origins(target.current(), "SELECT t FROM own")).contains(ColumnOrigin.ANYTHING);
        send(target, "CREATE TABLE child () INHERITS (hr.people)");
        assertThat(origins(target.current(), "SELECT ssn FROM child")).contains(SSN);
        assertThat(origins(target.current(), "SELECT id FROM hr.people")).doesNotContain(ColumnOrigin.ANYTHING);
        send(target, "ALTER TABLE hr.people ATTACH PARTITION somebody_elses DEFAULT");
        assertThat(origins(target.current(), "SELECT id FROM hr.people")).contains(ColumnOrigin.ANYTHING);
    }

    private static void send(TargetCatalogue target, String sql) {
        SqlAnalysis sent = new StandardSqlReader().read(Dialect.POSTGRESQL, sql, target.current());
        assertThat(target.inherit(sent.lineage().copies())).isTrue();
        target.changedBy(sent);
    }

    @Test
    void itIsReadAgainAfterTenMinutesAndAfterAChange() {
        people();
        Catalogue read = draft.build();
        TargetCatalogue target = new TargetCatalogue();
        java.util.concurrent.atomic.AtomicInteger readings = new java.util.concurrent.atomic.AtomicInteger();
        long minute = 60_000_000_000L;
        for (long now : new long[] {0, 9 * minute, 11 * minute}) {
            target.refresh("u", now, () -> count(readings, read), read);
        }
        assertThat(readings).hasValue(2);
        send(target, "CREATE INDEX i ON hr.people (id)");
        target.refresh("u", 12 * minute, () -> count(readings, read), read);
        assertThat(readings).hasValue(3);
        assertThat(target.isPathOf("u")).isTrue();
        assertThat(target.isPathOf("other")).isFalse();
    }

    private static Catalogue count(java.util.concurrent.atomic.AtomicInteger readings, Catalogue read) {
        readings.incrementAndGet();
        return read;
    }

    @Test
    void whatATriggerReadsItMaySayInAnError() {
        people();
        draft.relation("public", "orders", List.of("id"));
        draft.relation("public", "stock", List.of("id"));
        draft.trigger("public", "orders", "plpgsql", "BEGIN RAISE EXCEPTION '%', (SELECT ssn FROM hr.people); END");
        draft.trigger("public", "stock", "plpgsql", "BEGIN RAISE EXCEPTION 'out of stock'; END");
        Catalogue catalogue = draft.build();

        assertThat(said(catalogue, "INSERT INTO orders VALUES (1)"))
                .contains(new ColumnOrigin(null, "people", ColumnOrigin.WHOLE_ROW, true));
        assertThat(said(catalogue, "INSERT INTO stock VALUES (1)"))
                .containsExactly(new ColumnOrigin("public", "stock", ColumnOrigin.WHOLE_ROW, true));
        assertThat(said(catalogue, "SELECT id FROM orders")).isEmpty();
        assertThat(catalogue.mayRunCode(read(catalogue, "INSERT INTO stock VALUES (1)")))
                .isTrue();
        assertThat(catalogue.mayRunCode(read(catalogue, "INSERT INTO hr.people VALUES (1)")))
                .isFalse();
    }

    private static Set<ColumnOrigin> said(Catalogue catalogue, String sql) {
        ColumnOrigin messages = KeptPlace.MESSAGES.origin();
        return read(catalogue, sql).lineage().inherited().of(null, messages.table(), messages.column());
    }

    private static SqlAnalysis read(Catalogue catalogue, String sql) {
        return new StandardSqlReader().read(Dialect.POSTGRESQL, sql, catalogue);
    }
}
