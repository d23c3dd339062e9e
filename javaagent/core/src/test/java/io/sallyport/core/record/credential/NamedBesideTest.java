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
                "<input value=hunter2 type=password>"
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
        String nested = "<a>1<b>".repeat(100_000);
        assertThat(NamedBeside.without(deep)).isEqualTo(deep);
        assertThat(NamedBeside.without(nested)).isEqualTo(nested);
    }
}
