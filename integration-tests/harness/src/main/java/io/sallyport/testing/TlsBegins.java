package io.sallyport.testing;

import java.nio.ByteBuffer;

/** How a protocol comes to TLS: what may cross the wire before the first record. */
public enum TlsBegins {

    /** HTTPS, and a relay. */
    AT_ONCE(bytes -> Preamble.OVER, bytes -> Preamble.OVER),

    /**
     * PostgreSQL, "Message Flow": GSSENCRequest, SSLRequest, and a byte in answer to each. CancelRequest, for which pgjdbc asks for no TLS, has
     * the number of a session and a key that is good for cancelling what runs there, and nothing else.
     */
    BY_POSTGRESQL(
            bytes -> {
                if (bytes.remaining() < 8) {
                    return Preamble.MORE;
                }
                int length = bytes.getInt();
                return switch (bytes.getInt()) {
                    case 80_877_103 -> length == 8 ? Preamble.OVER : Preamble.PLAIN;
                    case 80_877_104 -> length == 8 ? 8 : Preamble.PLAIN;
                    case 80_877_102 -> length != 16 ? Preamble.PLAIN : bytes.remaining() < 8 ? Preamble.MORE : 16;
                    default -> Preamble.PLAIN;
                };
            },
            bytes -> switch (bytes.get()) {
                case 'S' -> Preamble.OVER;
                case 'N' -> 1;
                default -> Preamble.PLAIN;
            }),

    /** MySQL, "Connection Phase": the server's greeting, and a packet of 32 bytes that asks for TLS and names nobody. */
    BY_MYSQL(bytes -> packet(bytes, 32), bytes -> packet(bytes, 0));

    private final Preamble asked;
    private final Preamble granted;

    TlsBegins(Preamble asked, Preamble granted) {
        this.asked = asked;
        this.granted = granted;
    }

    Preamble asked() {
        return asked;
    }

    Preamble granted() {
        return granted;
    }

    /** One direction's bytes before TLS. */
    interface Preamble {

        /** What was looked at, all of it, is the last before TLS. */
        int OVER = 0;

        /** It cannot be told yet. */
        int MORE = -1;

        /** This belongs into TLS. */
        int PLAIN = -2;

        /**
         * @param bytes from the start of what was not looked at yet, never empty; after {@link #OVER} its position is where TLS begins
         * @return how many bytes may cross before the next look, or one of the constants
         */
        int look(ByteBuffer bytes);
    }

    /** @param demanded length of its payload; 0: any */
    private static int packet(ByteBuffer bytes, int demanded) {
        if (bytes.remaining() < 4) {
            return Preamble.MORE;
        }
        int head = bytes.getInt();
        int length = (head >>> 24) | (head >>> 8 & 0xff00) | (head << 8 & 0xff0000);
        if (demanded != 0 && length != demanded) {
            return Preamble.PLAIN;
        }
        if (bytes.remaining() < length) {
            return Preamble.MORE;
        }
        bytes.position(bytes.position() + length);
        return Preamble.OVER;
    }
}
