package io.sallyport.benchmarks.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What {@link JdkClientBenchmark} does, with Apache HttpClient 5, classic. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Apache5Benchmark {

    private final CloseableHttpClient client = HttpClients.createDefault();
    private final String server = System.getProperty("benchmark.http", "http://127.0.0.1:1");

    @Benchmark
    public int get2k() throws IOException {
        return send("/small");
    }

    @Benchmark
    public int get1m() throws IOException {
        return send("/large");
    }

    private int send(String path) throws IOException {
        return client.execute(new HttpGet(server + path), answer -> {
            if (answer.getCode() != 200) {
                throw new IOException("status " + answer.getCode());
            }
            return EntityUtils.toByteArray(answer.getEntity()).length;
        });
    }
}
