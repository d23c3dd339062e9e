package io.sallyport.testing;

import java.nio.ByteBuffer;
import java.util.function.Predicate;

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

    /**
     * MySQL, "Connection Phase": the server's greeting, and a packet of 32 bytes that asks for TLS and names nobody. A server that waits too long
     * for what follows says so in an error packet; so does one whose handshake does not come to its end, whatever of it has been sent.
     */
    BY_MYSQL(bytes -> packet(bytes, 32), TlsBegins::greeting, TlsBegins::handshakeFailed);

    private final Preamble asked;
    private final Preamble granted;
    private final Predicate<ByteBuffer> givenUp;

    TlsBegins(Preamble asked, Preamble granted) {
        this(asked, granted, bytes -> false);
    }

    TlsBegins(Preamble asked, Preamble granted, Predicate<ByteBuffer> givenUp) {
        this.asked = asked;
        this.granted = granted;
        this.givenUp = givenUp;
    }

    Preamble asked() {
        return asked;
    }

    Preamble granted() {
        return granted;
    }

    /** Whether bytes in place of a record are how a server says that there will be no TLS: the last that it sends. */
    Predicate<ByteBuffer> givenUp() {
        return givenUp;
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

    private static int greeting(ByteBuffer bytes) {
        if (bytes.remaining() < 5) {
            return Preamble.MORE;
        }
        int start = bytes.position();
        int type = bytes.get(start);
        if (type >= 20 && type <= 23 && bytes.get(start + 1) == 3) {
            return Preamble.OVER;
        }
        int length = length(bytes.getInt());
        int first = bytes.get(start + 4) & 0xff;
        if (first != 10 && first != 0xff) {
            return Preamble.PLAIN;
        }
        return bytes.remaining() < length ? Preamble.MORE : 4 + length;
    }

    /** One error packet and nothing behind it: ER_HANDSHAKE_ERROR, ER_NET_READ_ERROR or ER_NET_READ_INTERRUPTED. */
    private static boolean handshakeFailed(ByteBuffer bytes) {
        if (bytes.remaining() < 7 || length(bytes.getInt()) != bytes.remaining() || (bytes.get() & 0xff) != 0xff) {
            return false;
        }
        int code = (bytes.get() & 0xff) | (bytes.get() & 0xff) << 8;
        return code == 1043 || code == 1158 || code == 1159;
    }

    /** Three bytes, the lowest first, in the upper ones of a big-endian number. */
    private static int length(int head) {
        return (head >>> 24) | (head >>> 8 & 0xff00) | (head << 8 & 0xff0000);
    }

    /** @param demanded length of its payload */
    private static int packet(ByteBuffer bytes, int demanded) {
        if (bytes.remaining() < 4) {
            return Preamble.MORE;
        }
        int length = length(bytes.getInt());
        if (length != demanded) {
            return Preamble.PLAIN;
        }
        if (bytes.remaining() < length) {
            return Preamble.MORE;
        }
        bytes.position(bytes.position() + length);
        return Preamble.OVER;
    }
}
