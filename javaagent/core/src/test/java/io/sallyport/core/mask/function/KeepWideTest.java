package io.sallyport.core.mask.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Characters of every width stay or become asterisks, one for one. */
class KeepWideTest {

    @Test
    void whatStaysMayBeOfAnyScript() {
        Keep last = new Keep(2, true);
        assertThat(last.text("\u00E9\u00E8\u00EA\u00EB")).isEqualTo("**\u00EA\u00EB");
        assertThat(last.text("\u0414\u043E\u043C\u0430")).isEqualTo("**\u043C\u0430");
        assertThat(last.text("a\u0414bc")).isEqualTo("**bc");
        assertThat(new Keep(2, false).text("\u0414\u043E\u043C\u0430")).isEqualTo("\u0414\u043E**");
        assertThat(last.text("ab\uD83D\uDE00cd\uD83D\uDE00")).isEqualTo("******\uD83D\uDE00");
    }
}
