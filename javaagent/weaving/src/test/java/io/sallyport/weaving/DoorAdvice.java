package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** Refuses thieves. */
public final class DoorAdvice {
    private DoorAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static Object enter(@Advice.This Object door, @Advice.Argument(0) String who) throws IOException {
        if (who.equals("thief")) {
            throw new IOException("refused");
        }
        StateField.set(door, who.equals("nothing") ? SallyportGate.NOTHING : new ShoutingReader());
        return who;
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToReturned
    public static String exit(@Advice.Enter Object passage, @Advice.Return String returned) {
        return returned + " (" + passage + ")";
    }
}
