package io.sallyport.core.hold;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Ticket}, whose members mean what they mean there. What is not said is empty or unknown; one caller waits, and one approver, whoever it is,
 * is enough. Not thread-safe.
 */
public final class TicketBuilder {

    private final String id;
    private final String binding;
    private String target = "";
    private String summary = "";
    private String detail = "";
    private @Nullable String callSite;
    private @Nullable String entryPoint;
    private String thread = "";
    private int callers = 1;
    private boolean openTransaction;
    private final Instant created;
    private Instant expires;
    private List<String> rules = List.of();
    private List<String> anyOf = List.of();
    private int required = 1;
    private boolean reasonRequired;
    private String message = "";
    private List<ApproverHours> hours = List.of();
    private Requester requester = Requester.UNKNOWN;
    private boolean eachOf;

    /** It ends at once unless {@link #expires} says when. */
    TicketBuilder(String id, String binding, Instant created) {
        this.id = id;
        this.binding = binding;
        this.created = created;
        this.expires = created;
    }

    TicketBuilder(Ticket from) {
        id = from.id();
        binding = from.binding();
        target = from.target();
        summary = from.summary();
        detail = from.detail();
        callSite = from.callSite();
        entryPoint = from.entryPoint();
        thread = from.thread();
        callers = from.callers();
        openTransaction = from.openTransaction();
        created = from.created();
        expires = from.expires();
        rules = from.rules();
        anyOf = from.anyOf();
        required = from.required();
        reasonRequired = from.reasonRequired();
        message = from.message();
        hours = from.hours();
        requester = from.requester();
        eachOf = from.eachOf();
    }

    public TicketBuilder target(String target) {
        this.target = target;
        return this;
    }

    public TicketBuilder summary(String summary) {
        this.summary = summary;
        return this;
    }

    public TicketBuilder detail(String detail) {
        this.detail = detail;
        return this;
    }

    public TicketBuilder callSite(@Nullable String callSite) {
        this.callSite = callSite;
        return this;
    }

    public TicketBuilder entryPoint(@Nullable String entryPoint) {
        this.entryPoint = entryPoint;
        return this;
    }

    public TicketBuilder thread(String thread) {
        this.thread = thread;
        return this;
    }

    public TicketBuilder callers(int callers) {
        this.callers = callers;
        return this;
    }

    public TicketBuilder openTransaction(boolean openTransaction) {
        this.openTransaction = openTransaction;
        return this;
    }

    public TicketBuilder expires(Instant expires) {
        this.expires = expires;
        return this;
    }

    public TicketBuilder rules(List<String> rules) {
        this.rules = rules;
        return this;
    }

    public TicketBuilder anyOf(List<String> anyOf) {
        this.anyOf = anyOf;
        return this;
    }

    public TicketBuilder required(int required) {
        this.required = required;
        return this;
    }

    public TicketBuilder reasonRequired(boolean reasonRequired) {
        this.reasonRequired = reasonRequired;
        return this;
    }

    public TicketBuilder message(String message) {
        this.message = message;
        return this;
    }

    public TicketBuilder hours(List<ApproverHours> hours) {
        this.hours = hours;
        return this;
    }

    public TicketBuilder requester(Requester requester) {
        this.requester = requester;
        return this;
    }

    public TicketBuilder eachOf(boolean eachOf) {
        this.eachOf = eachOf;
        return this;
    }

    public Ticket build() {
        return new Ticket(
                id,
                binding,
                target,
                summary,
                detail,
                callSite,
                entryPoint,
                thread,
                callers,
                openTransaction,
                created,
                expires,
                rules,
                anyOf,
                required,
                reasonRequired,
                message,
                hours,
                requester,
                eachOf);
    }
}
