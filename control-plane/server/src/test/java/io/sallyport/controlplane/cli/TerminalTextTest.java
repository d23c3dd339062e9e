package io.sallyport.controlplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.protocol.Wire;
import org.junit.jupiter.api.Test;

/** What a workload says about itself cannot speak to the terminal of whoever looks. */
class TerminalTextTest {

    private static final String HOSTILE = "a\u001b[2Jb\u009b31mc\u0085d\u202ee\u2028f\u007fg";

    @Test
    void noControlCharacterOfEitherSetAndNoTurnedLineIsPrinted() {
        assertThat(TerminalText.plain(HOSTILE)).isEqualTo("a [2Jb 31mc d e f g");
        assertThat(TerminalText.plain("Jörg – 東京")).isEqualTo("Jörg – 東京");
    }

    @Test
    void jsonStaysTheSameJsonWithSuchCharactersAsEscapes() throws Exception {
        var json = Wire.json().createObjectNode().put("name", HOSTILE).put("other", "Jörg");
        assertThat(TerminalText.line(json)).contains("Jörg").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028]");
        assertThat(Wire.json().readTree(TerminalText.line(json))).isEqualTo(json);
        assertThat(TerminalText.lines(json).lines()).hasSize(4).noneMatch(line -> line.matches(".*[\\p{Cc}\\p{Cf}].*"));
        assertThat(Wire.json().readTree(TerminalText.lines(json))).isEqualTo(json);
    }

    /** A tag, which is two characters of Java's. */
    @Test
    void aCharacterOutsideTheBasicPlaneIsEscapedAsAWhole() throws Exception {
        var json = Wire.json().createObjectNode().put("name", "a" + Character.toString(0xE0041) + "b");
        assertThat(TerminalText.line(json)).isEqualTo("{\"name\":\"a\\udb40\\udc41b\"}");
        assertThat(Wire.json().readTree(TerminalText.line(json))).isEqualTo(json);
    }
}
