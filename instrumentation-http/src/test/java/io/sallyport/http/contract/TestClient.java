package io.sallyport.http.contract;

import io.sallyport.http.contract.HttpClientContract.Answer;
import io.sallyport.http.contract.HttpClientContract.Request;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client as the contract drives it. For clients that are tested in several versions, each in a loader of its own. */
public interface TestClient {

    /** Makes the call and reads the whole answer; {@code limit} is {@code null} for none. */
    Answer call(Request request, Duration limit) throws Exception;

    /** See {@link HttpClientContract#callThrough}. */
    Answer callThrough(InetSocketAddress proxy, Request request) throws Exception;

    /** See {@link HttpClientContract#callAt}. */
    Answer callAt(String place, String pathAndQuery) throws Exception;

    /** See {@link HttpClientContract#callWithLateFields}. */
    default Answer callWithLateFields(Request request) throws Exception {
        return call(request, null);
    }

    /** See {@link HttpClientContract#callWithStoredCookie}. */
    Answer callWithStoredCookie(String name, Request request) throws Exception;

    /** See {@link HttpClientContract#connectForeign}. */
    default void connectForeign(InetSocketAddress place) throws Exception {
        SocketChannel.open(place).close();
    }

    /** See {@link RepetitionContract#callWithCredentials}. */
    default Answer callWithCredentials(String user, String password, Request request) throws Exception {
        return null;
    }

    /** See {@link AsyncHttpClientContract#start}. */
    default CompletableFuture<Answer> start(Request request) {
        throw new UnsupportedOperationException();
    }
}
