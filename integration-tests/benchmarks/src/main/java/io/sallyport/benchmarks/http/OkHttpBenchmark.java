package io.sallyport.benchmarks.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What {@link JdkClientBenchmark} does, with OkHttp 5. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OkHttpBenchmark {

    private final OkHttpClient client = new OkHttpClient();
    private final Request small = get("/small");
    private final Request large = get("/large");

    private static Request get(String path) {
        return new Request.Builder()
                .url(System.getProperty("benchmark.http", "http://127.0.0.1:1") + path)
                .build();
    }

    @Benchmark
    public int get2k() throws IOException {
        return send(small);
    }

    @Benchmark
    public int get1m() throws IOException {
        return send(large);
    }

    private int send(Request request) throws IOException {
        try (Response answer = client.newCall(request).execute()) {
            if (answer.code() != 200) {
                throw new IOException("status " + answer.code());
            }
            return answer.body().bytes().length;
        }
    }
}
