package io.sallyport.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.BodyMaskPlan;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the record keeps of a body at level {@code full} has no credential in it, whatever the policy masks. */
class BodySampleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "application/json → {\"access_token\":\"hunter2\",\"n\":1} → {\"access_token\":\"…\",\"n\":1}",
                "application/x-www-form-urlencoded → a=1&client_secret=hunter2&b=2 → a=1&client_secret=…&b=2",
                "text/xml → <r><password>hunter2</password></r> → <r><password>…</password></r>",
                "text/plain → jdbc:postgresql://app:hunter2@db/orders → jdbc:postgresql://…@db/orders",
                "application/json → {\"name\":\"Ada\",\"at\":\"10:42\"} → {\"name\":\"Ada\",\"at\":\"10:42\"}",
            })
    void credentialsAreLeftOut(String type, String body, String shown) {
        BodySample sample = new BodySample(BodyMaskPlan.NONE, type.strip(), null);
        byte[] bytes = body.strip().getBytes(StandardCharsets.UTF_8);
        sample.add(bytes, 0, bytes.length);
        assertThat(sample.text()).isEqualTo(shown.strip());
    }
}
