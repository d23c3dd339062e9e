package io.sallyport.http.apache4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.OtherVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Before HttpCore 4.4.13, whose {@code Header} is no {@code NameValuePair}. */
class Apache452Test extends Apache4Contract {

    Apache452Test() {
        super(OtherVersion.of("httpclient-4.5.2", Apache4TestClient.class));
    }

    /** Newer versions write blanks in their place. */
    @Test
    @Override
    protected void aLineBreakInAHeaderFieldSmugglesNoOther() {
        Map<String, String> fields = Map.of("X-Note", "a\r\nX-Smuggled: 1\r\n\r\nGET /denied HTTP/1.1\r\nHost: x");
        assertThatThrownBy(() -> call(new Request("GET", server.at("/open"), fields, "")))
                .isInstanceOf(refusal())
                .hasMessageContaining("line break");
        assertThat(server.seen()).isEmpty();
    }
}
