package io.sallyport.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "/api/%2525252575sers,/api/users",
        "/api/100%,/api/100%",
        "'',/",
    })
    void spellingsOfOnePathAreOnePath(String raw, String normalised) {
        assertThat(RequestPath.of(raw).normal()).isEqualTo(normalised);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/users/42",
                "/a.b/c..d/e",
                "/~me/x-y_z",
                "/users/ann@example",
                "/stra%C3%9Fe/a%20b/%7Eme/x%3Ay",
                "/api/users:batch,2"
            })
    void anOrdinaryPathIsReadInOneWay(String raw) {
        assertThat(RequestPath.of(raw).readings()).isSameAs(PathReadings.NONE);
    }

    @Test
    void whatServersDoDifferentlyAreReadingsOfTheirOwn() {
        assertThat(RequestPath.of("/a%2Fb;v=1").readings().others())
                .containsExactlyInAnyOrder("/a%2Fb;v=1", "/a%2Fb", "/a/b;v=1");
        assertThat(RequestPath.of("/admin/..%252fpublic").readings().others())
                .contains("/admin/..%252fpublic", "/admin/..%2fpublic", "/admin/../public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/denied::$DATA", "/denied:$i30:$INDEX_ALLOCATION", "/denied%3a%3a%24DATA", "/denied:x:$data"})
    void aStreamOfAFileIsTheFile(String raw) {
        assertThat(RequestPath.of(raw).readings().others()).contains("/denied");
        assertThat(RequestPath.of("/tables/x:$batch").readings()).isSameAs(PathReadings.NONE);
    }

    /** Nine times, and so many readings that nobody would follow them all. */
    @Test
    void aPathThatWasMadeToConfuseIsSaidToBeReadInPart() {
        PathReadings nested = RequestPath.of("/%" + "25".repeat(9) + "64enied").readings();
        assertThat(nested.complete()).isFalse();
        PathReadings wide = RequestPath.of("/a;b+c%2f;..%2f./%5c;%00x%3f;.%c0%ae;/%EF%BD%84%e9 .;//..%252f%u002f")
                .readings();
        assertThat(wide.complete()).isFalse();
        assertThat(wide.others()).hasSizeLessThan(200);
    }
}
