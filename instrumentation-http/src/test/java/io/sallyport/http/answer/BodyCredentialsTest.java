package io.sallyport.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.BodyMaskPlan;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No spelling of a credential's name that a receiver understands brings the credential into the record. */
class BodyCredentialsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | user=ann&password=hunter2",
                "application/x-www-form-urlencoded | user%5Bpassword%5D=hunter2&user%5Bname%5D=ann",
                "application/x-www-form-urlencoded | p%61ssword=hunter2",
                "application/x-www-form-urlencoded | data=%7B%22password%22%3A%22hunter2%22%7D",
                "application/json | {\"user\": \"ann\", \"password\": \"hunter2\"}",
                "application/json | {\"pass\\u0077ord\": \"hunter2\"}",
                "application/json | {\"pass\\u0077ord\": \"hunter2\", \"user\": \"ann\"}",
                "application/json | {\"form\": \"user=ann\\u0026password\\u003dhunter2\"}",
                "application/json | {\"page\": \"\\u003cpassword\\u003ehunter2\\u003c/password\\u003e\"}",
                "application/json | {\"inner\": \"{\\u0022password\\u0022:\\u0022hunter2\\u0022}\"}",
                "application/json | {\"inner\":"
                        + " \"{\\\"a\\\":\\\"{\\\\u0022password\\\\u0022:\\\\u0022hunter2\\\\u0022}\\\"}\"}",
                "application/json | {\"value\": \"hunter2\", \"name\": \"password\"}",
                "text/xml | <member><value><string>hunter2</string></value><name>password</name></member>",
                "multipart/form-data; boundary=b | --b~Content-Disposition: form-data;"
                        + " name=\"password\"~~hunter2~--b--~",
            })
    void ofNoSpelling(String type, String body) {
        String text = sample(type, body.replace("~", "\r\n"));
        assertThat(text == null ? "" : text).doesNotContain("hunter2");
    }

    @Test
    void whatIsNoneStays() {
        assertThat(sample("application/x-www-form-urlencoded", "user%5Bname%5D=ann+lee&city=Ulm"))
                .isEqualTo("user%5Bname%5D=ann+lee&city=Ulm");
        assertThat(sample("application/json", "{\"name\": \"J\\u00fcrgen\"}"))
                .isEqualTo("{\"name\": \"J\\u00fcrgen\"}");
    }

    @Test
    void bodiesOfWritersThatEscapeForBrowsersAreKept() {
        assertThat(sample("application/json", "{\"html\": \"\\u003cb\\u003eR\\u0026D\\u003c/b\\u003e it\\u0027s\"}"))
                .isEqualTo("{\"html\": \"<b>R&D</b> it's\"}");
        assertThat(sample("application/json", "{\"said\": \"\\u0022hi\\u0022\"}"))
                .isEqualTo("{\"said\": \"\\\"hi\\\"\"}");
    }

    private static @Nullable String sample(String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        BodySample sample = new BodySample(BodyMaskPlan.NONE, type, null);
        sample.add(bytes, 0, bytes.length);
        return sample.text();
    }
}
