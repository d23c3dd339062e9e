package io.sallyport.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of the main thread and keeps the JVM alive until that thread has tidied up, so that the terminal
 * gets its prompt back when nothing runs any more.
 */
final class CtrlC {

    private static final long LIMIT_SECONDS = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean pressed;

    private CtrlC() {}

    static CtrlC interrupts(Thread main) {
        CtrlC ctrlC = new CtrlC();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ctrlC.press(main), "ctrl-c"));
        return ctrlC;
    }

    private void press(Thread main) {
        if (finished.getCount() == 0) {
            return;
        }
        pressed = true;
        main.interrupt();
        try {
            if (!finished.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("demo: could not tidy up within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is tidied up. */
    void finished() {
        finished.countDown();
    }

    boolean pressed() {
        return pressed;
    }
}
