package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedMediaTest {

    private static final BodyMaskPlan EMAILS =
            BodyMaskers.plan(List.of(new BodyRule.Key("contact", "email", MaskingFunctions.redact())));

    private static final String JSON = "{\"name\":\"Ann\",\"email\":\"ann@example.com\"}";

    private static byte[] through(String type, byte[] body, int piece) throws IOException {
        return through(CompressedMedia.of(EMAILS, type, false), body, piece);
    }

    private static byte[] through(BodyMasker masker, byte[] body, int piece) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += piece) {
            // Clients give each piece an output of its own.
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            masker.update(body, at, Math.min(piece, body.length - at), out);
            all.write(out.toByteArray());
        }
        masker.finish(all);
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] clear) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(clear);
        }
        return bytes.toByteArray();
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void aLargeDocumentIsMaskedPieceByPiece(int piece) throws IOException {
        String lines = (JSON + "\n").repeat(500);
        String masked = new String(
                gunzip(through("application/x-ndjson+gzip", gzip(lines.getBytes(StandardCharsets.UTF_8)), piece)),
                StandardCharsets.UTF_8);
        assertThat(masked.lines()).hasSize(500).allMatch(line -> line.contains("Ann") && !line.contains("@"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tar(String first) {
        byte[] tar = new byte[2048];
        byte[] head = utf8(first);
        System.arraycopy(head, 0, tar, 0, head.length);
        System.arraycopy(utf8("ustar\00000"), 0, tar, 257, 8);
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xFF;
        }
        System.arraycopy(utf8(String.format("%06o\0 ", sum)), 0, tar, 148, 8);
        System.arraycopy(utf8(JSON), 0, tar, 512, JSON.length());
        return tar;
    }

    @Test
    void anArchivePassesByteByByte() throws IOException {
        byte[] archive = gzip(tar("people.json"));
        assertThat(through("application/gzip", archive, 10)).isEqualTo(archive);
    }

    @Test
    void aDocumentWithTheMarkOfAnArchiveIsNone() throws IOException {
        StringBuilder note = new StringBuilder("{\"note\":\"");
        note.append("x".repeat(257 - note.length())).append("ustar\"}\n").append((JSON + "\n").repeat(20));
        assertThat(new String(
                        gunzip(through("application/gzip", gzip(utf8(note.toString())), 99)), StandardCharsets.UTF_8))
                .contains("ustar", "Ann")
                .doesNotContain("@");
        byte[] wrongSum = tar("people.csv");
        wrongSum[149]++;
        assertThat(TarHeader.isAtStartOf(wrongSum, 2048)).isFalse();
        assertThat(TarHeader.isAtStartOf(tar("people.csv"), 2048)).isTrue();
        assertThat(TarHeader.isAtStartOf(tar("{\"a\":1,"), 2048)).isFalse();
        assertThat(TarHeader.isAtStartOf(tar("email\nann@example.com\n"), 2048)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/csv",
                "text/x-log",
                "application/vnd.acme.export",
                "application/force-download",
                "application/x-compressed",
                "application/json",
                "application/octet-stream, text/plain",
                "application/gzip, text/plain"
            })
    void gzipIsFoundUnderAnyTypeAndWithinGzip(String type) throws IOException {
        byte[] once = through(type, gzip(utf8(JSON)), 3);
        assertThat(new String(gunzip(once), StandardCharsets.UTF_8))
                .contains("Ann")
                .doesNotContain("@");
        byte[] twice = through(type, gzip(gzip(utf8(JSON))), 100);
        assertThat(new String(gunzip(gunzip(twice)), StandardCharsets.UTF_8))
                .contains("Ann")
                .doesNotContain("@");
        byte[] deep = gzip(gzip(gzip(gzip(utf8(JSON)))));
        assertThatThrownBy(() -> through(type, deep, 7)).hasMessageContaining("nested too deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/gzip", "application/octet-stream", "text/plain"})
    void whatNoRuleConcernsKeepsItsBytes(String type) throws IOException {
        byte[] binary = new byte[100_000];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * i / 77 % 200);
        }
        byte[] zipped = gzip(binary);
        byte[] padded = Arrays.copyOf(zipped, zipped.length + 512);
        assertThat(through(type, zipped, 1000)).isEqualTo(zipped);
        assertThat(through(type, padded, 1000)).isEqualTo(padded);
        byte[] small = gzip(new byte[] {0, 1, 2, 3});
        assertThat(through(type, small, 5)).isEqualTo(small);
        byte[] twice = gzip(zipped);
        assertThat(through(type, twice, 5000)).isEqualTo(twice);
    }

    @Test
    void zerosBehindADocumentAreLeftAside() throws IOException {
        byte[] zipped = gzip(utf8(JSON));
        byte[] masked = through("application/gzip", Arrays.copyOf(zipped, zipped.length + 512), 11);
        assertThat(new String(gunzip(masked), StandardCharsets.UTF_8))
                .contains("Ann")
                .doesNotContain("@");
        byte[] hidden = Arrays.copyOf(zipped, 2 * zipped.length + 9);
        System.arraycopy(zipped, 0, hidden, zipped.length + 9, zipped.length);
        assertThatThrownBy(() -> through("application/gzip", hidden, 11)).hasMessageContaining("behind a gzip body");
    }

    /** Apache's {@code AddEncoding} and {@code AddType} both speak of the file's one compression. */
    @Test
    void whatItsCodingCompressedIsReadAsWhatItIs() throws IOException {
        byte[] masked = through(CompressedMedia.of(EMAILS, "application/x-gzip", true), utf8(JSON), 9);
        assertThat(new String(masked, StandardCharsets.UTF_8)).contains("Ann").doesNotContain("@");
        byte[] archive = tar("people.json");
        assertThat(through(CompressedMedia.of(EMAILS, "application/x-gzip", true), archive, 100))
                .isEqualTo(archive);
        byte[] twice = through(CompressedMedia.of(EMAILS, "application/gzip", true), gzip(utf8(JSON)), 9);
        assertThat(new String(gunzip(twice), StandardCharsets.UTF_8))
                .contains("Ann")
                .doesNotContain("@");
    }

    @Test
    void octetsThatAreNotCompressedAreMaskedAsTheyAre() throws IOException {
        byte[] masked = through("application/octet-stream", JSON.getBytes(StandardCharsets.UTF_8), 1);
        assertThat(new String(masked, StandardCharsets.UTF_8)).contains("Ann").doesNotContain("@");
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2};
        assertThat(through("application/octet-stream", picture, 3)).isEqualTo(picture);
        assertThat(through("application/gzip", new byte[0], 1)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRefused() throws IOException {
        byte[] whole = gzip(JSON.repeat(100).getBytes(StandardCharsets.UTF_8));
        byte[] cut = Arrays.copyOf(whole, whole.length - 12);
        assertThatThrownBy(() -> through("application/gzip", cut, 5)).isInstanceOf(BodyRefusedException.class);
        assertThatThrownBy(() -> through("application/gzip", JSON.getBytes(StandardCharsets.UTF_8), 50))
                .hasMessageContaining("called gzip");
        assertThatThrownBy(() -> through("application/zlib", new byte[] {0x78, -100, 1}, 3))
                .isInstanceOf(BodyRefusedException.class);
        assertThatThrownBy(() -> through("application/json+zstd", new byte[] {40, -75, 47, -3}, 4))
                .isInstanceOf(BodyRefusedException.class);
    }

    private static byte[] part(String headers, byte[] content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(utf8("--b\r\n" + headers + "\r\n\r\n"));
        body.write(content);
        body.write(utf8("\r\n--b--\r\n"));
        return body.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/gzip",
                "Content-Type: application/x-ndjson+gzip",
                "Content-Type: application/octet-stream",
                "Content-Disposition: form-data; name=file; filename=people.json.gz"
            })
    void gzipWithinAPartIsMaskedAndStaysSo(String headers) throws IOException {
        for (int piece : new int[] {1, 9, 1000}) {
            byte[] masked = through("multipart/form-data; boundary=b", part(headers, gzip(utf8(JSON))), piece);
            int start = part(headers, new byte[0]).length - "\r\n--b--\r\n".length();
            assertThat(new String(masked, StandardCharsets.ISO_8859_1)).endsWith("\r\n--b--\r\n");
            byte[] content = Arrays.copyOfRange(masked, start, masked.length - "\r\n--b--\r\n".length());
            assertThat(new String(gunzip(content), StandardCharsets.UTF_8))
                    .contains("Ann")
                    .doesNotContain("@");
        }
    }

    @Test
    void anArchiveWithinAPartPassesByteByByte() throws IOException {
        byte[] body = part("Content-Type: application/gzip", gzip(tar("people.json")));
        assertThat(through("multipart/mixed; boundary=b", body, 10)).isEqualTo(body);
    }

    @Test
    void aPieceOfADocumentWithinAPartIsRefused() {
        byte[] body = utf8("--b\r\nContent-Type: application/json\r\nContent-Range: bytes 0-9/80\r\n\r\n" + JSON
                + "\r\n--b--\r\n");
        assertThatThrownBy(() -> through("multipart/byteranges; boundary=b", body, 7))
                .isInstanceOf(BodyRefusedException.class)
                .hasMessageContaining("a piece of a document");
    }

    /** Readers differ in which of two they take. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain; charset=utf-8; charset=IBM037",
                "multipart/mixed; boundary=other; boundary=b",
                "multipart/mixed; boundary=b; boundary=other"
            })
    void aParameterThatIsNamedTwiceIsNone(String type) {
        byte[] body = utf8("--b\r\n\r\n" + JSON + "\r\n--b--\r\n");
        assertThatThrownBy(() -> through(type, body, 100)).isInstanceOf(BodyRefusedException.class);
    }
}
