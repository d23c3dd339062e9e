package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code InternalHttpAsyncClient.createAsyncExecRuntime} and its twin for HTTP/2. */
public final class NewRuntimeAdvice {

    private NewRuntimeAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object client, @Advice.Return(typing = Typing.DYNAMIC) Object runtime) {
        AsyncCall.begins(client, runtime);
    }
}
