package io.sallyport.core.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MaskingInputStreamTest {

    private static final byte[] BODY = "a body".getBytes(StandardCharsets.UTF_8);

    /** Keeps everything back until the body has ended. */
    private static BodyMasker whole() {
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        return new BodyMasker() {
            @Override
            public void update(byte[] bytes, int offset, int length, OutputStream out) {
                held.write(bytes, offset, length);
            }

            @Override
            public void finish(OutputStream out) throws IOException {
                held.writeTo(out);
            }

            @Override
            public int masked() {
                return 0;
            }
        };
    }

    private static BodyMasker passing() {
        return new BodyMasker() {
            @Override
            public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void finish(OutputStream out) {}

            @Override
            public int masked() {
                return 0;
            }
        };
    }

    /** As many programs read what they know to be short. */
    private static String whileAvailable(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (in.available() > 0) {
            read.write(in.read());
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsThereIsAvailableBeforeAnythingIsRead() throws IOException {
        assertThat(whileAvailable(passing().over(new ByteArrayInputStream(BODY))))
                .isEqualTo("a body");
    }

    @Test
    void whatIsKeptBackIsAvailableOnceTheBodyIsThereAsAWhole() throws IOException {
        assertThat(whileAvailable(whole().over(new ByteArrayInputStream(BODY), BODY.length)))
                .isEqualTo("a body");
    }

    @Test
    void afterCloseTheBodysOwnComplaintIsThrown() throws IOException {
        InputStream body = new ByteArrayInputStream(BODY) {
            private boolean closed;

            @Override
            public synchronized int read() {
                if (closed) {
                    throw new IllegalStateException("stream is closed");
                }
                return super.read();
            }

            @Override
            public void close() {
                closed = true;
            }
        };
        InputStream masked = passing().over(body);
        masked.close();
        assertThatThrownBy(masked::read).hasMessage("stream is closed");
    }

    @Test
    void whatDoesNotFitIntoTheArrayIsTheCallersMistake() throws IOException {
        try (InputStream masked = passing().over(new ByteArrayInputStream(BODY))) {
            assertThatThrownBy(() -> masked.read(new byte[3], 1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(masked.readAllBytes()).isEqualTo(BODY);
        }
    }

    @Test
    void afterCloseNothingOfTheBodyIsShown() throws IOException {
        InputStream masked = passing().over(new ByteArrayInputStream(BODY));
        masked.close();
        assertThat(masked.read()).isEqualTo(-1);
    }
}
