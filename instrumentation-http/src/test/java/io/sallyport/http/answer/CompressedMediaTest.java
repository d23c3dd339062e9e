package io.sallyport.http.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.BodyRule;
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
        BodyMasker masker = CompressedMedia.of(EMAILS, type);
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

    @Test
    void anArchivePassesByteByByte() throws IOException {
        byte[] tar = new byte[2048];
        System.arraycopy("people.json".getBytes(StandardCharsets.UTF_8), 0, tar, 0, 11);
        System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
        System.arraycopy(JSON.getBytes(StandardCharsets.UTF_8), 0, tar, 512, JSON.length());
        byte[] archive = gzip(tar);
        assertThat(through("application/gzip", archive, 10)).isEqualTo(archive);
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
        assertThatThrownBy(() -> through("application/gzip", cut, 5)).hasMessageContaining("Refused by Sallyport");
        assertThatThrownBy(() -> through("application/gzip", JSON.getBytes(StandardCharsets.UTF_8), 50))
                .hasMessageContaining("called gzip");
        assertThatThrownBy(() -> through("application/json+zstd", new byte[] {40, -75, 47, -3}, 4))
                .hasMessageContaining("Refused by Sallyport");
    }
}
