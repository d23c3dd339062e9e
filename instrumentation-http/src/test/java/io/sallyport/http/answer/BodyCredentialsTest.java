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
                "application/x-www-form-urlencoded | registration[plainPassword][first]=hunter2&registration[plainPassword][second]=hunter2",
                "application/x-www-form-urlencoded | registration%5BplainPassword%5D%5Bfirst%5D=hunter2",
                "application/x-www-form-urlencoded | password[current]=hunter2&x=1",
                "application/x-www-form-urlencoded | credentials[db]=hunter2",
                "application/x-www-form-urlencoded | user[password][]=hunter2",
                "application/x-www-form-urlencoded | user[userpass][]=hunter2",
                "application/x-www-form-urlencoded | value=hunter2&name=password",
                "application/x-www-form-urlencoded | payload=%7B%22value%22%3A%22hunter2%22%2C%22name%22%3A%22password%22%7D",
                "application/x-www-form-urlencoded | payload=%257B%2522value%2522%253A%2522hunter2%2522%252C%2522name%2522%253A%2522password%2522%257D",
                "text/plain | user[password][]=hunter2",
                "application/yaml | - value: hunter2~  name: password",
                "application/yaml | env:~- {value: hunter2, name: \"DB_PASSWORD\"}",
                "text/csv | value,name~hunter2,password",
                "text/plain | id//password~1//hunter2",
                "application/xml | <!DOCTYPE a [<!ENTITY p \"password\">]><a><value>hunter2</value><name>&p;</name></a>",
                "multipart/form-data; boundary=b | --b~Content-Disposition: form-data;"
                        + " name=\"password\"~~hunter2~--b--~",
            })
    void ofNoSpelling(String type, String body) {
        String text = sample(type, body.replace("~", "\r\n").replace("//", "|"));
        assertThat(text == null ? "" : text).doesNotContain("hunter2");
    }

    @Test
    void whatIsNoneStays() {
        assertThat(sample("application/x-www-form-urlencoded", "user%5Bname%5D=ann+lee&city=Ulm"))
                .isEqualTo("user%5Bname%5D=ann+lee&city=Ulm");
        assertThat(sample("application/yaml", "city: Ulm")).isEqualTo("city: Ulm");
        assertThat(sample("text/csv", "id,city\n1,Ulm")).isEqualTo("id,city\n1,Ulm");
        assertThat(sample("application/json", "{\"name\": \"J\\u00fcrgen\"}"))
                .isEqualTo("{\"name\": \"J\\u00fcrgen\"}");
    }

    @Test
    void aFormThatIsCutKeepsNothingThatIsCalledAValue() {
        assertThat(sample("application/x-www-form-urlencoded", "value=hunter2&city=Ulm&a=" + "x".repeat(9000)))
                .startsWith("value=…&city=Ulm&a=x");
    }

    @Test
    void whatSaysHowAFormIsMeantNamesNothing() {
        assertThat(sample("application/x-www-form-urlencoded", "grant_type=password&username=ann&password=hunter2"))
                .isEqualTo("grant_type=password&username=ann&password=…");
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
