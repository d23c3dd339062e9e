package io.sallyport.core.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link Event}, whose members mean what they mean there. What is not said is empty, unknown ({@code null}, -1), and the thread the
 * one that asks. Not thread-safe.
 */
public final class EventBuilder {

    private final Instant at;
    private final Event.Type type;
    private String session = "";
    private String call = "";
    private String target = "";
    private String summary = "";
    private String detail = "";
    private @Nullable String verdict;
    private List<String> rules = List.of();
    private @Nullable String wouldHave;
    private long rows = -1;
    private List<String> masked = List.of();
    private @Nullable String callSite;
    private @Nullable String thread;
    private @Nullable String ticket;
    private List<String> persons = List.of();
    private @Nullable String reason;
    private long micros = -1;
    private @Nullable String tls;
    private @Nullable String error;
    private @Nullable String values;
    private @Nullable String transaction;
    private @Nullable String trace;
    private @Nullable String user;
    private @Nullable Long bytes;
    private @Nullable Map<String, Long> cells;
    private @Nullable String sample;

    EventBuilder(Instant at, Event.Type type) {
        this.at = at;
        this.type = type;
    }

    public EventBuilder session(String session) {
        this.session = session;
        return this;
    }

    public EventBuilder call(String call) {
        this.call = call;
        return this;
    }

    public EventBuilder target(String target) {
        this.target = target;
        return this;
    }

    public EventBuilder summary(String summary) {
        this.summary = summary;
        return this;
    }

    public EventBuilder detail(String detail) {
        this.detail = detail;
        return this;
    }

    public EventBuilder verdict(@Nullable String verdict) {
        this.verdict = verdict;
        return this;
    }

    public EventBuilder rules(List<String> rules) {
        this.rules = rules;
        return this;
    }

    public EventBuilder wouldHave(@Nullable String wouldHave) {
        this.wouldHave = wouldHave;
        return this;
    }

    public EventBuilder rows(long rows) {
        this.rows = rows;
        return this;
    }

    public EventBuilder masked(List<String> masked) {
        this.masked = masked;
        return this;
    }

    public EventBuilder callSite(@Nullable String callSite) {
        this.callSite = callSite;
        return this;
    }

    public EventBuilder thread(String thread) {
        this.thread = thread;
        return this;
    }

    public EventBuilder ticket(@Nullable String ticket) {
        this.ticket = ticket;
        return this;
    }

    public EventBuilder persons(List<String> persons) {
        this.persons = persons;
        return this;
    }

    public EventBuilder reason(@Nullable String reason) {
        this.reason = reason;
        return this;
    }

    public EventBuilder micros(long micros) {
        this.micros = micros;
        return this;
    }

    public EventBuilder tls(@Nullable String tls) {
        this.tls = tls;
        return this;
    }

    public EventBuilder error(@Nullable String error) {
        this.error = error;
        return this;
    }

    public EventBuilder values(@Nullable String values) {
        this.values = values;
        return this;
    }

    public EventBuilder transaction(@Nullable String transaction) {
        this.transaction = transaction;
        return this;
    }

    public EventBuilder trace(@Nullable String trace) {
        this.trace = trace;
        return this;
    }

    public EventBuilder user(@Nullable String user) {
        this.user = user;
        return this;
    }

    public EventBuilder bytes(@Nullable Long bytes) {
        this.bytes = bytes;
        return this;
    }

    public EventBuilder cells(@Nullable Map<String, Long> cells) {
        this.cells = cells;
        return this;
    }

    public EventBuilder sample(@Nullable String sample) {
        this.sample = sample;
        return this;
    }

    public Event build() {
        String by = thread == null ? ShownText.of(Thread.currentThread().getName()) : thread;
        return new Event(
                at,
                type,
                session,
                call,
                target,
                summary,
                detail,
                verdict,
                rules,
                wouldHave,
                rows,
                masked,
                callSite,
                by,
                ticket,
                persons,
                reason,
                micros,
                tls,
                error,
                values,
                transaction,
                trace,
                user,
                bytes,
                cells,
                sample);
    }
}
