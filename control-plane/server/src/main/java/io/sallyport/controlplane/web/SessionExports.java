package io.sallyport.controlplane.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.events.SignedExport;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.sessions.CallSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;

/** A session as a file: what was stored of it at one moment, whatever comes in or is deleted while the file is made. */
final class SessionExports {

    private static final String BUNDLE = "bundle";

    private final EventQuery events;
    private final SignedExport bundles;
    private final HeavyReads exports;
    private final Path directory;

    /**
     * @param exports not those of searches: an export takes as long as its receiver likes
     * @param directory where files are made
     */
    SessionExports(EventQuery events, SignedExport bundles, HeavyReads exports, Path directory) {
        this.events = events;
        this.bundles = bundles;
        this.exports = exports;
        this.directory = directory;
    }

    /** @param format {@code jsonl}, {@code csv} or {@code bundle} */
    void send(Context request, Person person, CallSession session, String format) throws IOException {
        boolean bundle = format.equals(BUNDLE);
        EventExport export = bundle ? EventExport.JSONL : EventExport.of(format);
        Download.Content content = bundle ? out -> bundle(session, person, out) : out -> events(session, export, out);
        String name = "session-" + session.id() + (bundle ? ".bundle." : ".") + export.extension();
        exports.run(person, () -> {
            try (Download file = Download.of(directory, content)) {
                file.send(request, export.contentType(), name);
            }
            return name;
        });
    }

    /** Signed, for whoever has to believe it without this control plane: {@code verify} of the agent's jar checks it. */
    private void bundle(CallSession session, Person person, Writer out) throws IOException {
        if (!bundles.write(session.workload().id(), session.workload().name(), session.session(), person.name(), out)) {
            throw new Problem(
                    Problem.Kind.GONE,
                    "nothing of this session is in a chain any more: the retention of its events is over, or they were"
                            + " stored before events were chained");
        }
    }

    private void events(CallSession session, EventExport export, Writer out) throws IOException {
        export.begin(out);
        long count =
                events.eachOfSession(session.workload().id(), session.session(), event -> write(event, export, out));
        if (count == 0) {
            throw new Problem(Problem.Kind.GONE, "the events of this session were deleted, their retention is over");
        }
    }

    private static void write(ObjectNode event, EventExport export, Writer out) {
        try {
            export.write(event, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
