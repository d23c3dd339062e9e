package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetCatalogueTest {
    private static final ColumnOrigin EMAIL = new ColumnOrigin(null, "customers", "email");

    private final TargetCatalogue target = new TargetCatalogue();
    private final SqlReader reader = new StandardSqlReader();

    private SqlAnalysis read(String sql) {
        return reader.read(Dialect.POSTGRESQL, sql, target.current());
    }

    private Set<ColumnOrigin> origins(String sql) {
        return ((OutputItem.Column) read(sql).lineage().items().get(0)).origins();
    }

    private void sent(String sql) {
        assertThat(target.inherit(read(sql).lineage().copies())).isTrue();
    }

    @Test
    void aCopysColumnHasTheOriginOfWhatWasCopied() {
        sent("CREATE TABLE c AS SELECT id, lower(email) AS contact FROM customers");

        assertThat(origins("SELECT max(contact) FROM c")).contains(EMAIL.asComputed());
        assertThat(origins("SELECT id FROM c")).noneMatch(o -> o.plain().equals(EMAIL));
    }

    @Test
    void aFunctionOfTheRowIsNoColumnOfATableThatWasAltered() {
        target.schema(new Catalogue(Map.of("customers", List.of("id", "email")), List.of()));
        target.changedBy(read("CREATE FUNCTION f1(customers) RETURNS text LANGUAGE sql AS 'SELECT $1.email'"));
        target.changedBy(read("ALTER TABLE customers ADD COLUMN age int"));

        Set<ColumnOrigin> row = origins("SELECT c FROM customers c");
        assertThat(origins("SELECT c.f1 FROM customers c")).containsAll(row);
        assertThat(origins("SELECT (c).f1 FROM customers c")).containsAll(row);
        assertThat(origins("SELECT customers.f1 FROM customers")).containsAll(row);
        assertThat(origins("SELECT c.id FROM customers c")).noneMatch(row::contains);
    }

    @Test
    void aCopyOfACopyHasTheSameOrigin() {
        sent("CREATE TABLE c AS SELECT email AS contact FROM customers");
        sent("INSERT INTO archive (who) SELECT contact FROM c");

        assertThat(origins("SELECT who FROM archive")).contains(EMAIL);
    }

    @Test
    void anAnalysisMadeBeforeACopyIsNotServedAfterIt() {
        SqlAnalysis before = read("SELECT contact FROM c");
        sent("CREATE TABLE c AS SELECT email AS contact FROM customers");

        assertThat(read("SELECT contact FROM c")).isNotSameAs(before);
        assertThat(origins("SELECT contact FROM c")).contains(EMAIL);
    }

    @Test
    void aCopyThatIsKnownMakesNoNewVersion() {
        sent("INSERT INTO archive (who) SELECT email FROM customers");
        Catalogue first = target.current();
        sent("INSERT INTO archive (who) SELECT email FROM customers WHERE id > 7");

        assertThat(target.current()).isSameAs(first);
    }

    @Test
    void copiesOutliveAnotherReadingOfTheSchema() {
        sent("CREATE TABLE c AS SELECT email AS contact FROM customers");
        target.schema(new Catalogue(Map.of("c", List.of("contact")), List.of()));

        assertThat(target.current().tables()).containsKey("c");
        assertThat(origins("SELECT * FROM c")).contains(EMAIL);
    }

    @Test
    void theSameSchemaReadAgainMakesNoNewVersion() {
        target.schema(new Catalogue(Map.of("c", List.of("contact")), List.of()));
        Catalogue first = target.current();
        target.schema(new Catalogue(Map.of("c", List.of("contact")), List.of()));

        assertThat(target.current()).isSameAs(first);
    }

    @Test
    void anotherSchemasTableOfThatNameHoldsNoCopy() {
        sent("CREATE TABLE a.c AS SELECT email AS contact FROM customers");

        assertThat(origins("SELECT contact FROM b.c")).doesNotContain(EMAIL);
        assertThat(origins("SELECT contact FROM c")).contains(EMAIL);
    }

    @Test
    void aCopyThatCannotBeRememberedIsReported() {
        List<Lineage.Copy> copies = new ArrayList<>();
        for (int i = 0; i <= TargetCatalogue.MOST_HEIRS; i++) {
            copies.add(new Lineage.Copy(new ColumnOrigin(null, "t" + i, "c"), List.of(EMAIL)));
        }
        assertThat(target.inherit(copies.subList(0, TargetCatalogue.MOST_HEIRS)))
                .isTrue();

        assertThat(target.inherit(copies)).isFalse();
    }

    @Test
    void droppedCopiesMakeRoomWhenItIsNeededAndNotBefore() {
        sent("CREATE TABLE c AS SELECT email AS contact FROM customers");
        target.changedBy(read("DROP TABLE c"));
        assertThat(origins("SELECT contact FROM c")).contains(EMAIL);

        List<Lineage.Copy> copies = new ArrayList<>();
        for (int i = 0; i < TargetCatalogue.MOST_HEIRS; i++) {
            copies.add(new Lineage.Copy(new ColumnOrigin(null, "t" + i, "c"), List.of(EMAIL)));
        }
        assertThat(target.inherit(copies)).isTrue();
        assertThat(origins("SELECT contact FROM c")).doesNotContain(EMAIL);
    }

    @Test
    void aSessionVariableIsAColumnOfItsOwn() {
        for (String copy : List.of(
                "SELECT email INTO @a FROM customers LIMIT 1",
                "SELECT @b := email FROM customers",
                "SET @c = (SELECT email FROM customers LIMIT 1)")) {
            SqlAnalysis analysis = reader.read(Dialect.MYSQL, copy, target.current());
            assertThat(target.inherit(analysis.lineage().copies())).isTrue();
        }
        for (String variable : List.of("@a", "@B", "@c")) {
            SqlAnalysis look = reader.read(Dialect.MYSQL, "SELECT upper(" + variable + ")", target.current());
            assertThat(((OutputItem.Column) look.lineage().items().get(0)).origins())
                    .as(variable)
                    .anyMatch(o -> o.table().equals("customers"));
        }
        SqlAnalysis other = reader.read(Dialect.MYSQL, "SELECT @d", target.current());
        assertThat(((OutputItem.Column) other.lineage().items().get(0)).origins())
                .noneMatch(o -> o.table().equals("customers"));
    }
}
