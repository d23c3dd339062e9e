package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|-|false|0|true",
                "-|-|false|6|false",
                "6|-|false|6|true",
                "6;6|-|false|6|true",
                "6;0|-|false|6|false",
                "5|-|false|6|false",
                "7|-|false|6|false",
                "+6|-|false|6|false",
                "6, 6|-|false|6|false",
                "6|chunked|false|6|false",
                "-|identity|false|0|false",
                "-|chunked|true|6|true",
                "6|chunked|true|6|true",
                "-|gzip;Chunked|true|6|true",
                "-|gzip, chunked|true|6|true",
                "-|chunked, identity|true|6|false",
                "-|-|true|6|false"
            })
    void aHeadIsTrueOfItsBody(String lengths, String codings, boolean chunked, int written, boolean isTrue) {
        Framing framing = Framing.of(values(lengths), values(codings), chunked);
        assertThat(framing.takes(written) && framing.ends()).isEqualTo(isTrue);
    }

    private static List<String> values(String all) {
        return all == null ? List.of() : Arrays.asList(all.split(";"));
    }
}
