package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {

    private static Target of(String uri) {
        return RequestTarget.of(URI.create(uri), "/");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/,127.0.0.1,80",
        "http://2130706433/,127.0.0.1,80",
        "http://2130706433:8080/,127.0.0.1,8080",
        "http://0x7f.1:81/,127.0.0.1,81",
        "https://[0:0:0:0:0:0:0:1]/,::1,443",
        "https://USERS.internal./,users.internal,443",
        "https://me:pw@users_internal:8443/,users_internal,8443",
        "https://me@users_internal:/,users_internal,443",
        "ws://users.internal/,users.internal,80",
    })
    void spellingsOfOneHostAreOneTarget(String uri, String host, int port) {
        assertThat(of(uri).endpoints()).containsExactly(new Endpoint(host, port));
    }

    @Test
    void oneAuthorityLeadsToTwoPlacesUnderTwoSchemes() {
        assertThat(of("http://two.internal/").endpoints()).containsExactly(new Endpoint("two.internal", 80));
        assertThat(of("https://two.internal/").endpoints()).containsExactly(new Endpoint("two.internal", 443));
        assertThat(of("http://two.internal/").url()).isEqualTo("http://two.internal/");
    }

    @ParameterizedTest
    @CsvSource({
        "http://api.internal/,api.internal,1",
        "http://api.internal:80/,API.internal,1",
        "https://api.internal:443/,api.internal,1",
        "http://api.internal:8080/,api.internal:8080,1",
        "http://127.0.0.1:81/,2130706433:81,1",
        "http://10.0.0.1/,users.internal,2",
        "http://10.0.0.1:8080/,users.internal:8443,2",
        "http://10.0.0.1:8080/,users.internal,3",
    })
    void aHostThatTheRequestNamesBesideItsUrlIsPartOfTheTarget(String uri, String host, int endpoints) {
        Target target = RequestTarget.of(URI.create(uri), "/", List.of(host));
        assertThat(target.endpoints()).hasSize(endpoints);
        assertThat(target.endpoints().get(0)).isEqualTo(of(uri).endpoints().get(0));
        assertThat(target.url()).isEqualTo(of(uri).url());
    }

    @Test
    void neitherUserNorPasswordIsPartOfATarget() {
        assertThat(of("https://me:pw@users_internal/").url()).isEqualTo("https://users_internal/");
    }
}
