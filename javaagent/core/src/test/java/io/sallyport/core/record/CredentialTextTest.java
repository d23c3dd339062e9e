package io.sallyport.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a text that is written down, credentials are left out and the rest stays. */
class CredentialTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "{\"access_token\":\"hunter2\",\"expires\":60} → {\"access_token\":\"…\",\"expires\":60}",
                "{\"a\": 1, \"password\": \"hunter2\", \"b\": \"x\"} → {\"a\": 1, \"password\": \"…\", \"b\": \"x\"}",
                "{\"pin_secret\": 1234, \"b\": 2} → {\"pin_secret\": …, \"b\": 2}",
                "{\"b\": 2, \"credentials\": {\"key\": \"hunter2\"}} → {\"b\": 2, \"credentials\": …",
                "user=a&password=hunter2&x=1 → user=a&password=…&x=1",
                "host=db password=hunter2 port=5 → host=db password=… port=5",
                "<a><password>hunter2</password><b>1</b></a> → <a><password>…</password><b>1</b></a>",
                "see https://a:hunter2@x/y for it → see https://…@x/y for it",
                "Authorization: Basic aHVudGVyMjpo → Authorization: …",
                "with Bearer hunter2hunter2hunter2 and more → with Bearer … and more",
                "no credential: here → no credential: …",
                "nothing to hide at 10:42 → nothing to hide at 10:42",
            })
    void credentialsAreLeftOut(String text, String shown) {
        assertThat(CredentialText.without(text.strip())).isEqualTo(shown.strip());
    }
}
