package io.sallyport.weaving;

import java.util.Arrays;

/** For what advice throws in place of the library, in the library's own words. */
public final class AdviceFrames {

    private AdviceFrames() {}

    /** The failure as the woven method would have thrown it: without the frames of the advice, by which it would be taken for a defect of the agent. */
    public static <T extends RuntimeException> T without(T failure) {
        failure.setStackTrace(Arrays.stream(failure.getStackTrace())
                .dropWhile(frame -> frame.getClassName().startsWith("io.sallyport.")
                        || frame.getClassName().startsWith("java."))
                .toArray(StackTraceElement[]::new));
        return failure;
    }
}
