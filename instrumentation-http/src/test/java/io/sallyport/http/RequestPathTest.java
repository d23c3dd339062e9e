package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/api/users,/api/users",
        "/.well-known/x,/.well-known/x",
        "/a.b/c..d/,/a.b/c..d/",
        "//,/",
        "/api//users,/api/users",
        "/api/./users,/api/users",
        "/api/x/../users,/api/users",
        "/../../api/users,/api/users",
        "/api/%75sers,/api/users",
        "/api/%2575sers,/api/users",
        "/api/x/%2e%2e/users,/api/users",
        "/api/x%2f..%2fusers,/api/users",
        "/api;v=1/users;id=2,/api/users",
        "/api\\users,/api/users",
        "/api/users/,/api/users/",
        "/api/x%c0%af..%c0%afusers,/api/users",
        "/api/x/%c0%ae%e0%80%ae/users,/api/users",
        "/api/%C3%A9,/api/é",
        "/api/100%,/api/100%",
        "'',/",
    })
    void spellingsOfOnePathAreOnePath(String raw, String normalised) {
        assertThat(RequestPath.normalise(raw)).isEqualTo(normalised);
    }
}
