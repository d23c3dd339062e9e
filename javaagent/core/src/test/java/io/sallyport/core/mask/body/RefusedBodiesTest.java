package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedBodiesTest {

    private static final List<BodyRule> RULES =
            List.of(new BodyRule.Key("contact", "email", MaskingFunctions.redact()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"a\": nothing}",
                "application/xml | <a><b></a>",
                "application/x-www-form-urlencoded | email=%zz",
                "application/json; charset=utf-16 | {\"email\": \"a@example.com\"}?",
                "multipart/form-data | no boundary",
            })
    void theMessageBeginsAsThatOfEveryRefusal(String type, String body) {
        BodyMasker masker = BodyMaskers.plan(RULES).masker(type);
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> {
                    masker.update(bytes, 0, bytes.length, OutputStream.nullOutputStream());
                    masker.finish(OutputStream.nullOutputStream());
                })
                .isInstanceOf(BodyRefusedException.class)
                .hasMessageStartingWith("Refused by Sallyport: ");
    }
}
