package io.sallyport.http.urlconnection;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;

/** {@code getHeaderField(int)} and {@code getHeaderFieldKey(int)}. */
public final class HeaderByIndexAdvice {

    private HeaderByIndexAdvice() {}

    /** @return the position among all fields */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(0))
    public static int enter(@Advice.This Object connection, @Advice.Argument(0) int position) {
        return UrlCall.of(connection).answer().headerPosition(position);
    }
}
