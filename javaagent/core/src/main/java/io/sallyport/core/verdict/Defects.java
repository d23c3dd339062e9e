package io.sallyport.core.verdict;

/** Names an unexpected failure of Sallyport itself by class and place. Its message stays out: it may quote a statement. */
final class Defects {

    private Defects() {}

    static String describe(Throwable defect) {
        StackTraceElement[] stack = defect.getStackTrace();
        String name = defect.getClass().getName();
        if (stack.length == 0) {
            return name;
        }
        StackTraceElement top = stack[0];
        return name + " at " + top.getClassName() + "." + top.getMethodName() + ":" + top.getLineNumber();
    }
}
