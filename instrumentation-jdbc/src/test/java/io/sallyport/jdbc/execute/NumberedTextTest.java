package io.sallyport.jdbc.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberedTextTest {

    private static final String INSERT = "INSERT INTO t (a, b) VALUES (?, upper(?)) ON CONFLICT DO NOTHING";

    @Test
    void parametersAreNumberedInOrder() {
        assertThat(NumberedText.is("SELECT ? + ?", "SELECT $1 + $2", false)).isTrue();
        assertThat(NumberedText.is("SELECT ? + ?", "SELECT $2 + $1", false)).isFalse();
        assertThat(NumberedText.is("SELECT ?", "SELECT $10", false)).isFalse();
        assertThat(NumberedText.is("SELECT ?", "SELECT $", false)).isFalse();
    }

    @Test
    void whatFollowsIsSpaceOrNothing() {
        assertThat(NumberedText.is("SELECT 1 ; \n", "SELECT 1", false)).isTrue();
        assertThat(NumberedText.is("SELECT 1 WHERE false", "SELECT 1", false)).isFalse();
        assertThat(NumberedText.is("SELECT 1", "SELECT 1; DROP TABLE t", false)).isFalse();
    }

    @Test
    void rowsOfABatchAreRepeatedAsTheyAre() {
        String sent = "INSERT INTO t (a, b) VALUES ($1, upper($2)),($3, upper($4)) ON CONFLICT DO NOTHING";
        assertThat(NumberedText.is(INSERT, sent, true)).isTrue();
        assertThat(NumberedText.is(INSERT, sent, false)).isFalse();
        assertThat(NumberedText.is(INSERT, sent.replace("upper($4)", "lower($4)"), true))
                .isFalse();
        assertThat(NumberedText.is(INSERT, sent.replace("DO NOTHING", "DO UPDATE SET a = 1"), true))
                .isFalse();
    }
}
