package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a literal is code, or names a file, it belongs to the fingerprint; where it is a value, it doesn't. */
class CodeInLiteralsTest {

    private final StandardSqlReader reader = new StandardSqlReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "H2 → execute immediate 'select 1' → execute immediate 'drop table pay'",
                "H2 → create alias f as 'int f() { return 1; }' → create alias f as 'int f() { return 2; }'",
                "POSTGRESQL → DO $$ begin null; end $$ → DO $$ begin delete from payments; end $$",
                "POSTGRESQL → create function f() returns int language sql as 'select 1' → create function f() returns int language sql as 'delete from t'",
                "POSTGRESQL → select query_to_xml('select 1',true,true,'') → select query_to_xml('select card from payments',true,true,'')",
                "POSTGRESQL → prepare p as select query_to_xml('select 1',true,true,'') → prepare p as select query_to_xml('select 2',true,true,'')",
                "POSTGRESQL → copy t to '/tmp/a' → copy t to '/etc/a'",
                "POSTGRESQL → copy tokens to '/tmp/a' → copy tokens to '/etc/a'",
                "POSTGRESQL → copy t from program 'a' → copy t from program 'b'",
                "MYSQL → prepare s from 'select 1' → prepare s from 'drop table x'",
                "MYSQL → select load_file('/a') → select load_file('/b')",
                "MYSQL → create procedure p() begin set @password = 'a'; prepare s from @password; end → create procedure p() begin set @password = 'b'; prepare s from @password; end",
                "MYSQL → execute immediate char(100,114,111) → execute immediate char(100,114,112)",
                "TSQL → exec('select 1') → exec('drop table pay')",
                "TSQL → exec sp_executesql N'select 1' → exec sp_executesql N'select card from pay'",
                "TSQL → declare @password nvarchar(9) = N'a'; exec(@password) → declare @password nvarchar(9) = N'b'; exec(@password)",
                "ORACLE → begin execute immediate 'select 1 from dual'; end; → begin execute immediate 'drop table pay'; end;",
                "ORACLE → select dbms_xmlgen.getxml('select 1 from dual') from dual → select dbms_xmlgen.getxml('select card from pay') from dual",
                "ORACLE → create type body b as member procedure p is begin execute immediate 'a'; end; end; → create type body b as member procedure p is begin execute immediate 'b'; end; end;",
                "GENERIC → execute immediate 'select 1' → execute immediate 'drop table pay'",
            })
    void codeTellsStatementsApart(Dialect dialect, String one, String other) {
        SqlAnalysis first = reader.read(dialect, one.strip(), Catalogue.EMPTY);
        SqlAnalysis second = reader.read(dialect, other.strip(), Catalogue.EMPTY);

        assertThat(first.shape()).isEqualTo(second.shape());
        assertThat(first.fingerprint()).isNotEqualTo(second.fingerprint());
        assertThat(first.code()).isNotEqualTo(second.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "POSTGRESQL → select a from t where b = 'x' → select a from t where b = 'y'",
                "POSTGRESQL → insert into t values (1, 'x') → insert into t values (2, 'y')",
                "POSTGRESQL → create table t (a int default 1) → create table t (a int default 2)",
                "POSTGRESQL → prepare p as select a from t where b = 1 → prepare p as select a from t where b = 2",
                "POSTGRESQL → call p('x') → call p('y')",
                "TSQL → exec p 'x' → exec p 'y'",
                "MYSQL → set @a = 'x' → set @a = 'y'",
                "MYSQL → alter user a identified by 'x' → alter user a identified by 'y'",
                "H2 → drop table t → drop table t",
            })
    void valuesDoNot(Dialect dialect, String one, String other) {
        SqlAnalysis first = reader.read(dialect, one.strip(), Catalogue.EMPTY);

        assertThat(first.code()).isNull();
        assertThat(first.fingerprint())
                .isEqualTo(reader.read(dialect, other.strip(), Catalogue.EMPTY).fingerprint());
    }

    @Test
    void whiteSpaceAndCommentsAreNoCode() {
        SqlAnalysis first = reader.read(Dialect.H2, "execute immediate 'select  1'", Catalogue.EMPTY);

        assertThat(reader.read(Dialect.H2, "execute  immediate /* x */ 'select  1'", Catalogue.EMPTY)
                        .fingerprint())
                .isEqualTo(first.fingerprint());
    }

    @Test
    void aListThatIsTooLongToBeKeptTellsThemApartToo() {
        String list = "execute immediate char(" + "100,".repeat(5_000);

        assertThat(reader.read(Dialect.MYSQL, list + "1)", Catalogue.EMPTY).fingerprint())
                .isNotEqualTo(
                        reader.read(Dialect.MYSQL, list + "2)", Catalogue.EMPTY).fingerprint());
    }
}
