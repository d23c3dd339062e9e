package io.sallyport.benchmarks.relay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One connection over TLS 1.3, as a driver's socket has it: to a server that speaks TLS, or to a relay before the same server without. The
 * system property {@code benchmark.peer} is the port, and those of JSSE name the client's certificate and roots.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RelayBenchmark {

    /** Bytes of a bulk answer: many records, more than any buffer on the way. */
    public static final int BULK = 4 * 1024 * 1024;

    private static final int SMALL = 200;

    /** A connection. */
    @State(Scope.Thread)
    public static class Connection {

        private final byte[] into = new byte[BULK];
        private SSLSocket socket;
        private DataInputStream in;
        private DataOutputStream out;

        @Setup
        public void open() throws IOException, NoSuchAlgorithmException {
            socket = (SSLSocket) SSLContext.getDefault()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", Integer.getInteger("benchmark.peer"));
            socket.setTcpNoDelay(true);
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        /** @return the last byte of {@code length} */
        byte ask(int length) throws IOException {
            out.writeInt(length);
            out.flush();
            in.readFully(into, 0, length);
            return into[length - 1];
        }

        @TearDown
        public void close() throws IOException {
            socket.close();
        }
    }

    @Benchmark
    public byte roundTrip(Connection connection) throws IOException {
        return connection.ask(SMALL);
    }

    @Benchmark
    public byte bulk(Connection connection) throws IOException {
        return connection.ask(BULK);
    }
}
