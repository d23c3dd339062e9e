package io.sallyport.link;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import io.sallyport.link.testing.Samples;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A workload that makes calls until it is killed, or so many: each is recorded, sent, answered, and recorded again, and the link uploads meanwhile.
 * What it sends it says. The methods are the places that a debugger stops it at.
 */
public final class CallLoop {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    /** @param arguments spool directory, URL, join token, number of calls */
    public static void main(String[] arguments) throws Exception {
        LinkOptions of =
                LinkOptions.of(arguments[1], Path.of(arguments[0]), "orders").withToken(arguments[2]);
        // Small segments, so that some are confirmed and deleted while the process runs.
        LinkOptions options = new LinkOptions(
                of.controlPlane(),
                of.self(),
                of.admission(),
                new LinkOptions.Spool(of.spool().directory(), 2L << 20, null));
        ControlPlaneLink link =
                ControlPlaneLink.open(options, LinkTimings.STANDARD, (version, yaml) -> {}, notice -> {});
        link.start();
        long calls = Long.parseLong(arguments[3]);
        for (long call = 1; call <= calls; call++) {
            call(link.events(), call);
            Thread.sleep(2);
        }
        link.close();
    }

    private static void call(EventSink events, long number) throws Exception {
        keep(events.append(event(Event.Type.DECISION, number)));
        send(number);
        answered(number);
        keep(events.append(event(Event.Type.RESULT, number)));
        done(number);
    }

    /** No two processes make the same call. */
    private static String name(long number) {
        return ProcessHandle.current().pid() + "-" + number;
    }

    private static Event event(Event.Type type, long number) {
        Event like = Samples.random(2 * number + type.ordinal());
        return Event.builder(like.at(), type)
                .session(like.session())
                .call(name(number))
                .target(like.target())
                .summary(like.summary())
                .detail(like.detail())
                .verdict(like.verdict())
                .rules(like.rules())
                .masked(like.masked())
                .callSite(like.callSite())
                .thread(like.thread())
                .build();
    }

    private static void send(long number) throws Exception {
        OUT.write(("sent " + name(number) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void answered(long number) {}

    private static void done(long number) {}

    private static void keep(boolean kept) {
        if (!kept) {
            throw new IllegalStateException("an event could not be kept");
        }
    }

    private CallLoop() {}
}
