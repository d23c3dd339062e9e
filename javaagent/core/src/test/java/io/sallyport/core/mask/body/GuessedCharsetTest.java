package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No guess of a charset lets a value through that a reader with another guess would see. */
class GuessedCharsetTest {
    private static final String SECRET = "ann.secret@example.org";
    private static final List<BodyRule> RULES = List.of(
            new BodyRule.Key("r", "pin", MaskingFunctions.redact()),
            new BodyRule.Detect("d", Set.of("EMAIL"), MaskingFunctions.redact()));

    /** {@code null} for a refused body. */
    private static byte @Nullable [] mask(@Nullable String type, byte[] body, int chunk) throws IOException {
        BodyMasker masker = BodyMaskers.plan(RULES).masker(type);
        if (masker == null) {
            return body;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < body.length; i += chunk) {
                masker.update(body, i, Math.min(chunk, body.length - i), out);
            }
            masker.finish(out);
            return out.toByteArray();
        } catch (BodyRefusedException refused) {
            assertShowsNothing(type, out.toByteArray());
            return null;
        }
    }

    private static final List<Charset> READERS = Stream.of(
                    "UTF-8", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "IBM037")
            .map(Charset::forName)
            .toList();

    private static void assertShowsNothing(@Nullable String type, byte[] released) {
        for (Charset reader : READERS) {
            assertThat(new String(released, reader))
                    .as("%s read as %s", type, reader)
                    .doesNotContain(SECRET);
            assertThat(new String(released, reader).replace("\0", ""))
                    .as("%s read as %s without zeros", type, reader)
                    .doesNotContain(SECRET);
        }
    }

    static Stream<byte[]> bodies() {
        String text = "to " + SECRET + " and back";
        String json = "{\"a\":\"" + SECRET + "\",\"pin\":\"x" + SECRET + "\"}";
        String csv = "id,pin\n1," + SECRET + "\n";
        return Stream.of(text, json, csv, SECRET)
                .flatMap(t -> Stream.of(
                        t.getBytes(StandardCharsets.UTF_8),
                        ("\0" + t).getBytes(StandardCharsets.UTF_8),
                        ("a\0" + t).getBytes(StandardCharsets.UTF_8),
                        ("\0\0\0" + t).getBytes(StandardCharsets.UTF_8),
                        ("\0a\0b\0" + t).getBytes(StandardCharsets.UTF_8),
                        ("a\0b\0" + t + "\0").getBytes(StandardCharsets.UTF_8),
                        ("\uFEFF" + t).getBytes(StandardCharsets.UTF_8),
                        ("\uFEFF" + t).getBytes(StandardCharsets.UTF_16LE),
                        ("\uFEFF" + t).getBytes(StandardCharsets.UTF_16BE),
                        ("\uFEFF" + t).getBytes(Charset.forName("UTF-32LE")),
                        ("\uFEFF" + t).getBytes(Charset.forName("UTF-32BE")),
                        t.getBytes(StandardCharsets.UTF_16LE),
                        t.getBytes(StandardCharsets.UTF_16BE),
                        t.getBytes(Charset.forName("UTF-32LE")),
                        t.getBytes(Charset.forName("UTF-32BE")),
                        ("日本" + t).getBytes(StandardCharsets.UTF_16LE),
                        ("日本" + t).getBytes(StandardCharsets.UTF_16BE),
                        joined(new byte[] {(byte) 0xFF, (byte) 0xFE}, t.getBytes(StandardCharsets.UTF_8)),
                        joined(new byte[] {(byte) 0xFE, (byte) 0xFF}, t.getBytes(StandardCharsets.UTF_8)),
                        joined(
                                new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
                                t.getBytes(StandardCharsets.UTF_16LE)),
                        joined("x".getBytes(StandardCharsets.UTF_16LE), t.getBytes(StandardCharsets.UTF_8)),
                        joined(t.getBytes(StandardCharsets.UTF_16BE), t.getBytes(StandardCharsets.UTF_8)),
                        joined(t.getBytes(StandardCharsets.UTF_8), t.getBytes(StandardCharsets.UTF_16BE))));
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void noReaderSeesTheAddress(byte[] body) throws IOException {
        for (String type : new String[] {
            null,
            "text/plain",
            "text/plain; charset=utf-8",
            "text/plain; charset=iso-8859-1",
            "text/plain; charset=utf-16",
            "text/plain; charset=utf-16le",
            "text/plain; charset=utf-16be",
            "text/plain; charset=utf-32",
            "text/plain; charset=IBM037",
            "text/plain; charset=utf-7",
            "application/json",
            "application/json; charset=utf-16",
            "application/json; charset=IBM037",
            "text/csv",
            "text/csv; charset=utf-16le",
            "text/html"
        }) {
            if (type != null
                    && type.contains("utf-16")
                    && new String(body, StandardCharsets.ISO_8859_1).contains("\0\0")) {
                // Nobody guesses UTF-32 against a header that says UTF-16.
                continue;
            }
            byte[] whole = mask(type, body, body.length);
            if (whole != null) {
                assertShowsNothing(type, whole);
            }
            byte[] split = mask(type, body, 1);
            assertThat(split).as("%s cut in single bytes", type).isEqualTo(whole);
        }
    }

    @Test
    void whatTheHeaderDeclaresIsMaskedInIt() throws IOException {
        for (String name : List.of("IBM037", "UTF-16LE", "UTF-32BE", "Shift_JIS", "windows-1251", "UTF-16")) {
            Charset charset = Charset.forName(name);
            byte[] masked = mask("text/plain; charset=" + name, ("to " + SECRET + " now").getBytes(charset), 7);
            assertThat(masked).as(name).isNotNull();
            assertThat(new String(masked, charset)).as(name).isEqualTo("to *** now");
        }
    }

    @Test
    void overlongFormsAreRefusedInJsonAndNoAddressInText() throws IOException {
        byte[] overlong = "{\"a\":\"ann.secret\u00C1\u0080example.org\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(mask("application/json", overlong, 5)).isNull();
    }
}
