package io.sallyport.http.okhttp;

import java.io.IOException;
import java.net.ProtocolException;
import net.bytebuddy.asm.Advice;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;

/** {@code RealCall.enqueue}. */
public final class EnqueueAdvice {

    private EnqueueAdvice() {}

    /** @return whether the call is held: then the method does not run now */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(
            @Advice.This Object call,
            @Advice.Argument(0) Object callback,
            @Advice.FieldValue("client") OkHttpClient client) {
        return OkHttpCall.of((Call) call).enqueue((Callback) callback, client.dispatcher());
    }

    /** The call fails where it would be made. */
    public static boolean refusedEnter(IOException why, Object call, Object callback, OkHttpClient client) {
        OkHttpCall.of((Call) call).refused(new ProtocolException(why.getMessage()));
        return false;
    }
}
