package io.sallyport.controlplane.notify;

import io.sallyport.controlplane.UnseenCharacters;
import io.sallyport.controlplane.approvals.ApprovalView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What notifications say. */
final class Wording {

    static final String WAITING = "waiting";
    /** Further groups are asked. */
    static final String ESCALATED = "escalated";
    /** Approved past the ticket's rules. */
    static final String BROKEN_GLASS = "break-glass";

    static Map<String, Object> webhook(String news, ApprovalView ticket, @Nullable String link, Instant now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "approval." + news);
        body.put("at", now);
        body.put("id", ticket.id());
        body.put("workload", ticket.workload().name());
        body.put("host", ticket.workload().host());
        body.put("summary", ticket.summary());
        body.put("target", ticket.target());
        body.put("rules", ticket.rules());
        body.put("anyOf", ticket.anyOf());
        body.put("eachOf", ticket.eachOf());
        body.put("required", ticket.required());
        body.put("message", ticket.message());
        body.put("expires", ticket.expires());
        body.put(
                "by",
                ticket.decisions().stream().map(ApprovalView.DecisionView::by).toList());
        if (link != null) {
            body.put("link", link);
        }
        return body;
    }

    /**
     * Slack's mrkdwn, and what reads like it: what comes from workloads is escaped and stands as code, so that it can neither link (an address by itself,
     * {@code [text](address)}) nor call people nor look like our own words.
     */
    static String slack(String news, ApprovalView ticket, @Nullable String link) {
        String what = escaped(ticket.workload().name()) + ": " + escaped(ticket.summary()) + " on "
                + escaped(ticket.target());
        String line = headline(news)
                + what
                + (news.equals(WAITING) || news.equals(ESCALATED) ? asked(ticket) : deciders(ticket));
        return link == null ? line : line + "\n<" + link + "|Open it>";
    }

    /** Begins a line about a ticket; ends with a space. */
    static String headline(String news) {
        return switch (news) {
            case WAITING -> "Approval needed: ";
            case ESCALATED -> "Approval still needed, further groups are asked: ";
            case BROKEN_GLASS -> "GLASS BROKEN, approved past its rules: ";
            default -> "Approval " + news + ": ";
        };
    }

    /** One line; what comes from workloads cannot break it. */
    static String subject(String news, ApprovalView ticket) {
        return oneLine(headline(news) + ticket.workload().name() + ": " + ticket.summary());
    }

    static String mail(String news, ApprovalView ticket, @Nullable String link) {
        StringBuilder text = new StringBuilder();
        line(text, "", subject(news, ticket));
        line(
                text,
                "Workload: ",
                ticket.workload().name() + " on " + ticket.workload().host());
        line(text, "Target:   ", ticket.target());
        line(text, "Rules:    ", String.join(", ", ticket.rules()));
        line(
                text,
                "Needs:    ",
                ticket.required()
                        + of(ticket)
                        + (ticket.anyOf().isEmpty() ? "any approver" : String.join(", ", ticket.anyOf())));
        line(
                text,
                "Decided:  ",
                ticket.decisions().stream()
                        .map(made -> made.by() + " " + made.outcome())
                        .collect(Collectors.joining(", ")));
        line(
                text,
                "Expires:  ",
                news.equals(WAITING) || news.equals(ESCALATED)
                        ? ticket.expires().toString()
                        : "");
        line(text, "", link == null ? "" : link);
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(label).append(oneLine(value)).append("\r\n");
        }
    }

    private static String oneLine(String text) {
        String clean = UnseenCharacters.blanked(text);
        return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
    }

    private static String asked(ApprovalView ticket) {
        return " (" + ticket.required() + of(ticket)
                + (ticket.anyOf().isEmpty() ? "any approver" : escaped(String.join(", ", ticket.anyOf()))) + ")";
    }

    private static String of(ApprovalView ticket) {
        return ticket.eachOf() ? ", one each of " : " of ";
    }

    private static String deciders(ApprovalView ticket) {
        return ticket.decisions().isEmpty()
                ? ""
                : ticket.decisions().stream()
                        .map(made -> escaped(made.by()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String escaped(String text) {
        String clean = oneLine(text);
        return clean.isEmpty()
                ? ""
                : "`"
                        + clean.replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace(">", "&gt;")
                                .replace('`', '\'')
                        + "`";
    }

    private Wording() {}
}
