package io.sallyport.core.record.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedBesideTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\": \"hunter2\", \"name\": \"password\"}",
                "{\"name\": \"password\", \"type\": \"text\", \"value\": \"hunter2\"}",
                "{\"value\": [\"hunter2\"], \"name\": \"db.password\"}",
                "{\"value\": {\"plain\": {\"text\": \"hunter2\"}}, \"key\": \"API token\"}",
                "[{\"value\": \"ann\", \"name\": \"user\"}, {\"input\": \"hunter2\", \"field\": \"passwd\"}]",
                "data: {\"value\": \"hunter2\", \"name\": \"password\"}\n\n",
                "5\" wide\n{\"value\": \"hunter2\", \"name\": \"password\"}",
                "{\"value\": \"hunter2\", \"na",
                "{\"params\": [{\"value\": {\"text\": \"hunter2\"}",
                "{\"value\": \"hunter2",
                "<struct><member><name>password</name><value><string>hunter2</string></value></member></struct>",
                "<member><value>hunter2</value><name>password</name></member>",
                "<m:member><m:value><![CDATA[hunter2]]></m:value><m:name>password</m:name></m:member>",
                "<dict><key>password</key><string>hunter2</string></dict>",
                "<param name='smtp.password'><value><b>hunter2</b></value></param>",
                "<property value=\"hunter2\" name=\"db.password\"/>",
                "<member><value><string>hunter2",
                "<member><value>hunter2</value><na",
                "<input value=hunter2 type=password>",
                "[{\"value\":\"hunter2\",\"origin\":\"x\",\"name\":\"spring.security.oauth2.client.registration.google.client-secret\"}]",
                "{\"value\":\"hunter2\",\"name\":\"Cookie\"}",
                "{\"value\":\"hunter2\",\"name\":\"AccountKey\"}",
                "{\"value\":\"hunter2\",\"name\":\"sig\"}",
                "{\"value\":\"hunter2\",\"name\":\"$password\"}",
                "{\"value\":\"hunter2\",\"name\":\"password (new)\"}",
                "{\"value\":\"hunter2\",\"name\":\"password*\"}",
                "{\"headers\":[{\"value\":\"SESSION=hunter2\",\"name\":\"Set-Cookie\"}]}",
                "{\"value\":\"hunter2\",\"op\":\"replace\",\"path\":\"/password~1x\"}",
                "[{\"name\":\"Set-Cookie\",\"comment\":\"this is a quite long comment that stands between the two of them\",\"value\":\"SESSION=hunter2\"}]",
                "{\"value\":\"hunter2\",\"n\\u0061me\":\"pass\\u0077ord\"}",
                "{\"Records\":[{\"body\":\"{\\\"value\\\":\\\"hunter2\\\",\\\"name\\\":\\\"password\\\"}\"}]}",
                "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"value\\\\\\\":\\\\\\\"hunter2\\\\\\\",\\\\\\\"name\\\\\\\":\\\\\\\"password\\\\\\\"}\\\"}\"}",
                "{\"body\":\"{\\\\\\\"value\\\\\\\":\\\\\\\"hunter2\\\\\\\",\\\\\\\"name\\\\\\\":\\\\\\\"password\\\\\\\"}\"}",
                "<property value = \"hunter2\" name = \"password\"/>",
                "<a><value>hunter2</value><name>&#112;assword</name></a>",
                "<a><value>hunter2</value><name>&#x70;assword</name></a>",
                "<a><value>hunter2</value><name>pass<!-- -->word</name></a>",
                "<property value=\"hunter2\" name=\"pass&#119;ord\"/>"
            })
    void whatACredentialsNameStandsBesideIsLeftOut(String text) {
        assertThat(NamedBeside.without(text)).doesNotContain("hunter2").contains("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\": \"Ada\", \"name\": \"first name\"}",
                "{\"message\": \"your token has expired\", \"user\": \"ann\"}",
                "[{\"name\": \"Ulm\", \"value\": 3}, {\"name\": \"Bonn\", \"value\": 4}, {\"na",
                "<list><item><name>Ulm</name><value>3</value></item><item><na",
                "<p class=\"token\">function</p>",
                "a < b and c > d: {x}",
                "{\"inner\": \"{\\\"value\\\": \\\"Ulm\\\", \\\"name\\\": \\\"city\\\"}\"}",
                "{\"grant_type\": \"password\", \"username\": \"ann\"}",
                "no document"
            })
    void whatHasNoSuchNameBesideItStays(String text) {
        assertThat(NamedBeside.without(text)).isEqualTo(text);
    }

    @Test
    void anotherObjectsNameIsNotIts() {
        assertThat(NamedBeside.without(
                        "[{\"name\":\"password\",\"value\":\"hunter2\"},{\"name\":\"city\",\"value\":\"Ulm\"}]"))
                .isEqualTo("[{\"name\":\"password\",\"value\":\"…\"},{\"name\":\"city\",\"value\":\"Ulm\"}]");
    }

    @Test
    void depthCostsNoMoreThanLength() {
        String deep = "{\"a\":1,\"b\":".repeat(100_000);
        String texts = "\\\\\\\"{".repeat(100_000);
        NamedBeside.without("{\"a\":\"" + texts);
        String nested = "<a>1<b>".repeat(100_000);
        assertThat(NamedBeside.without(deep)).isEqualTo(deep);
        assertThat(NamedBeside.without(nested)).isEqualTo(nested);
    }
}
