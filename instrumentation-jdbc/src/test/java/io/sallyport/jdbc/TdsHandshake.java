package io.sallyport.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A server's socket on which the records of a TLS 1.2 handshake travel in pre-login packets, and all later ones by themselves ([MS-TDS] 2.2.6.5
 * and 3.3.5.2). What the server sends is wrapped until the client's first record without a packet around it.
 */
final class TdsHandshake extends Socket {

    private static final int PRELOGIN = 0x12;
    private static final int HEAD = 8;

    private final Socket below;
    private boolean over;

    TdsHandshake(Socket below) {
        this.below = below;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        DataInputStream in = new DataInputStream(below.getInputStream());
        return new InputStream() {
            private InputStream packet = new ByteArrayInputStream(new byte[0]);

            @Override
            public int read() throws IOException {
                int known = packet.read();
                if (known >= 0) {
                    return known;
                }
                int first = in.read();
                if (first != PRELOGIN || over) {
                    over = true;
                    return first;
                }
                byte[] head = in.readNBytes(HEAD - 1);
                packet = new ByteArrayInputStream(in.readNBytes(((head[1] & 0xff) << 8 | head[2] & 0xff) - HEAD));
                return packet.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int one = length == 0 ? 0 : read();
                if (length == 0 || one < 0) {
                    return one;
                }
                into[offset] = (byte) one;
                return 1;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(below.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteArrayOutputStream packet = new ByteArrayOutputStream();
                if (!over) {
                    int whole = length + HEAD;
                    packet.writeBytes(new byte[] {PRELOGIN, 1, (byte) (whole >> 8), (byte) whole, 0, 0, 1, 0});
                }
                packet.write(bytes, offset, length);
                packet.writeTo(out);
            }
        };
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return below.getRemoteSocketAddress();
    }

    @Override
    public void setSoTimeout(int milliseconds) throws java.net.SocketException {
        below.setSoTimeout(milliseconds);
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
