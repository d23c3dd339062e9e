package io.sallyport.http.urlconnection;

import java.io.OutputStream;
import java.net.CacheRequest;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToFields.ToField;
import org.jspecify.annotations.Nullable;

/**
 * {@code HttpURLConnection.HttpInputStream.ensureOpen}, before each read: what is read is written to a {@link java.net.ResponseCache} of the application's
 * as it came. An answer that a rule masks, or may refuse, is not kept.
 */
public final class CacheAdvice {

    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private CacheAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToFields(@ToField("outputStream"))
    public static @Nullable OutputStream enter(
            @Advice.FieldValue("this$0") HttpURLConnection connection,
            @Advice.FieldValue("cacheRequest") @Nullable CacheRequest kept,
            @Advice.FieldValue("outputStream") @Nullable OutputStream cache) {
        if (cache == null || cache == NOWHERE || !UrlCall.of(connection).isWithheld()) {
            return cache;
        }
        if (kept != null) {
            kept.abort();
        }
        return NOWHERE;
    }
}
