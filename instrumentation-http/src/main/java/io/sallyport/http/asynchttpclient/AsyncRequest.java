package io.sallyport.http.asynchttpclient;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.asynchttpclient.DefaultRequest;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilderBase;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.uri.Uri;
import org.jspecify.annotations.Nullable;

/** Translates a request. */
final class AsyncRequest {

    private AsyncRequest() {}

    /**
     * The same, where it is the client's own. One of an application's class is read once: it may answer otherwise the next time, and the client reads
     * it after the decision.
     */
    static Request read(Request request) {
        if (request.getClass() == DefaultRequest.class
                && request.getUri().getClass() == Uri.class
                && request.getHeaders().getClass() == DefaultHttpHeaders.class) {
            return request;
        }
        Uri uri = request.getUri();
        Uri read = new Uri(
                uri.getScheme(),
                uri.getUserInfo(),
                uri.getHost(),
                uri.getPort(),
                uri.getPath(),
                uri.getQuery(),
                uri.getFragment());
        return new Copied(request).setUri(read).build();
    }

    /** Of what was escaped already, and is the client's to judge. */
    private static final class Copied extends RequestBuilderBase<Copied> {

        Copied(Request request) {
            super(request, true, false);
        }
    }

    /** @param future of the request, with the credentials that the client has for it */
    static OutgoingRequest of(Request request, NettyResponseFuture<?> future) {
        Uri uri = request.getUri();
        String path = uri.getNonEmptyPath();
        String sent = uri.getQuery() == null ? path : path + '?' + uri.getQuery();
        URI sentTo = RequestUri.of(uri.getScheme(), uri.getHost(), uri.getPort(), sent);
        return OutgoingRequest.of(request.getMethod(), sentTo, AddedFields.of(request, future))
                .with(body(request));
    }

    /** The same request with the bytes that the rules saw, where they saw any. */
    static Request sent(Request request, OutgoingRequest decided) {
        byte[] captured = decided.body() == null ? null : decided.body().captured();
        return captured == null || request.getStringData() != null
                ? request
                : request.toBuilder().setBody(captured).build();
    }

    private static @Nullable OutgoingBody body(Request request) {
        if (request.getByteData() != null
                || request.getCompositeByteData() != null
                || request.getStringData() != null
                || request.getByteBufferData() != null) {
            return new Held(request);
        }
        boolean none = request.getByteBufData() == null
                && request.getStreamData() == null
                && request.getFormParams().isEmpty()
                && request.getBodyParts().isEmpty()
                && request.getFile() == null
                && request.getBodyGenerator() == null;
        return none ? null : OutgoingBody.UNREADABLE;
    }

    /** A body that the request has in memory. */
    private static final class Held extends OutgoingBody {

        private final Request request;

        Held(Request request) {
            this.request = request;
        }

        @Override
        protected long length() {
            if (request.getByteData() != null) {
                return request.getByteData().length;
            }
            if (request.getStringData() != null
                    && (request.getCharset() == null || request.getCharset() == StandardCharsets.UTF_8)) {
                return ByteBufUtil.utf8Bytes(request.getStringData());
            }
            return request.getByteBufferData() != null
                    ? request.getByteBufferData().remaining()
                    : super.length();
        }

        @Override
        protected void produce(OutputStream to) throws IOException {
            if (request.getByteData() != null) {
                to.write(request.getByteData());
            } else if (request.getCompositeByteData() != null) {
                for (byte[] part : request.getCompositeByteData()) {
                    to.write(part);
                }
            } else if (request.getStringData() != null) {
                Charset charset = request.getCharset() == null ? StandardCharsets.UTF_8 : request.getCharset();
                to.write(request.getStringData().getBytes(charset));
            } else {
                ByteBuffer buffer = request.getByteBufferData().duplicate();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                to.write(bytes);
            }
        }
    }
}
