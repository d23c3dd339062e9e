package io.sallyport.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of rows that hold settings, what is named like a credential is left out, and other rows stay as they are. */
class RowSampleTest {

    private final RowSample sample = new RowSample();

    @Test
    void whatStandsBesideACredentialsNameIsLeftOutWhicheverIsReadFirst() {
        row("name", "smtp.password", "val", "hunter2");
        row("val", "hunter2", "name", "the smtp password");
        row("name", "smtp.host", "val", "mail");
        row("NAME", "DB_PASS", "VAL", "hunter2");
        row("k", "spring.security.oauth2.client.registration.google.client-secret", "v", "hunter2");

        assertThat(sample.text()).isEqualTo("""
                name='smtp.password', val=…
                val=…, name='the smtp password'
                name='smtp.host', val='mail'
                NAME='DB_PASS', VAL=…
                k='spring.security.oauth2.client.registration.google.client-secret', v=…""");
    }

    @Test
    void eachOfTwoNamesMayBeWhatTheOtherNames() {
        row("name", "api_key", "val", "my-secret-7");

        assertThat(sample.text()).isEqualTo("name=…, val=…");
    }

    @Test
    void aNameThatIsReadTwiceIsOneName() {
        row("name", "api_key", "name", "api_key");

        assertThat(sample.text()).isEqualTo("name='api_key', name='api_key'");
    }

    @Test
    void aNameBehindWhatIsNoLongerKeptCounts() {
        sample.row();
        sample.value("val", "hunter2");
        for (int i = 0; i < 200; i++) {
            sample.value("c" + i, "x".repeat(60));
        }
        sample.value("name", "smtp.password");

        assertThat(sample.text())
                .startsWith("val=…, c0=…")
                .doesNotContain("hunter2")
                .endsWith("\n…");
    }

    private void row(String label, String value, String other, String otherValue) {
        sample.row();
        sample.value(label, value);
        sample.value(other, otherValue);
    }
}
