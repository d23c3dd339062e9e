package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies larger than the heap go through each masker in a JVM of 32 MB: 40 MB each, 1 GB under {@code -Psoak}. */
class ConstantMemoryTest {
    private static final int MEGABYTES = Boolean.getBoolean("sallyport.soak") ? 1024 : 40;

    enum Stream {
        JSON(
                "application/json",
                "{\"x\":[",
                "{\"a\":\"secret\",\"b\":[1,2.5,null],\"c\":\"text with nothing in it\"},",
                "0]}"),
        ONE_STRING("application/json", "{\"b\":\"", "text with nothing in it and more of it ", "\"}"),
        ONE_SECRET("application/json", "{\"a\":\"", "text with nothing in it and more of it ", "\"}"),
        ONE_NUMBER("application/json", "[", "1234567890", "]"),
        NDJSON("application/x-ndjson", "", "{\"a\":\"secret\",\"b\":1}\n", ""),
        XML("application/xml", "<r>", "<row id=\"17\"><a>secret</a><b>text</b><!-- c --></row>\n", "</r>"),
        ONE_SECTION("application/xml", "<r><![CDATA[", "text with nothing in it and more of it ", "]]></r>"),
        CSV("text/csv", "id,a,note\n", "17,secret,\"text, with \"\"nothing\"\"\"\n", ""),
        TSV("text/tab-separated-values", "id\ta\n", "17\tsecret\n", ""),
        FORM("application/x-www-form-urlencoded", "x=1", "&a=secret&b=some+te%78t", ""),
        EVENTS("text/event-stream", "", "id: 1\ndata: {\"a\":\"secret\"}\n\n", ""),
        MULTIPART("multipart/mixed; boundary=xx", "", "--xx\r\n\r\n{\"a\":\"secret\"}\r\n", "--xx--\r\n"),
        TEXT("text/plain", "", "text with nothing in it and more of it\n", ""),
        UTF_16("application/json; charset=utf-16le", "[", "{\"a\":\"secret\"},", "0]");

        final String type;
        final byte[] open;
        final byte[] piece;
        final byte[] close;

        Stream(String type, String open, String piece, String close) {
            this.type = type;
            var charset = type.endsWith("utf-16le") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
            this.open = open.getBytes(charset);
            this.piece = piece.repeat(100).getBytes(charset);
            this.close = close.getBytes(charset);
        }
    }

    @ParameterizedTest
    @EnumSource(Stream.class)
    void bodyLargerThanTheHeapGoesThrough(Stream stream) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName(),
                        stream.name(),
                        String.valueOf(MEGABYTES))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo("clean");
    }

    /** What runs in the small JVM. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Stream stream = Stream.valueOf(arguments[0]);
            long bytes = Long.parseLong(arguments[1]) << 20;
            BodyMasker masker = BodyMaskers.plan(List.of(
                            new BodyRule.Key("k", "a", MaskingFunctions.redact()),
                            new BodyRule.Detect("d", Set.of("JWT"), MaskingFunctions.redact())))
                    .masker(stream.type);
            Watch out = new Watch();
            masker.update(stream.open, 0, stream.open.length, out);
            for (long sent = 0; sent < bytes; sent += stream.piece.length) {
                masker.update(stream.piece, 0, stream.piece.length, out);
            }
            masker.update(stream.close, 0, stream.close.length, out);
            masker.finish(out);
            System.out.println(out.dirty ? "a secret came through" : out.bytes == 0 ? "nothing came through" : "clean");
        }
    }

    /** Looks for "secret" in what comes, in any charset by its letters alone. */
    private static final class Watch extends OutputStream {
        private static final String SECRET = "secret";
        private int matched;
        private boolean dirty;
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
            if (b == 0) {
                return;
            }
            matched = b == SECRET.charAt(matched) ? matched + 1 : b == 's' ? 1 : 0;
            if (matched == SECRET.length()) {
                dirty = true;
                matched = 0;
            }
        }

        @Override
        public void write(byte[] b, int from, int count) {
            for (int i = from; i < from + count; i++) {
                write(b[i]);
            }
        }
    }
}
