package io.sallyport.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A GET over HTTP/1.1 on the loopback; the server, outside this JVM, is named by the system property {@code benchmark.http}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JdkClientBenchmark {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest small = get("/small");
    private final HttpRequest large = get("/large");

    private static HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create(System.getProperty("benchmark.http", "http://127.0.0.1:1") + path))
                .build();
    }

    @Benchmark
    public int get2k() throws IOException, InterruptedException {
        return send(small);
    }

    @Benchmark
    public int get1m() throws IOException, InterruptedException {
        return send(large);
    }

    private int send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return answer.body().length;
    }
}
