package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.function.MaskingFunctions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which name a path's nodes stand in a request, where nothing else of the path need be the same. */
class BodyRulePathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.user.email | email",
                "$['card number'] | card number",
                "$..['o\\'clock time'] | o'clock time",
                "$.cards[*].numbers[0] | numbers",
                "$.cards.* | cards",
                "$..* |",
                "/users/user/@id | id",
                "//m:member/m:card | card",
                "/users/* | users"
            })
    void isThatOfItsLastNamedStep(String path, String name) {
        assertThat(new BodyRule.Path("r", path, MaskingFunctions.redact()).lastName())
                .isEqualTo(name);
    }
}
