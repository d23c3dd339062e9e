package io.sallyport.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * Why a call was refused, in words that may be shown to the caller: no SQL text, no value, no secret.
 *
 * @param reason what happened
 * @param rule name of the rule, or of the built-in check ({@code tls}, {@code default}, {@code hold-limit}, {@code spool-full}, …)
 * @param message the operator's message, or a built-in sentence that says what to do
 * @param incident identifier that the caller, the event and the dashboard share
 * @param ticket approval ticket where there is one
 */
public record Refusal(
        Reason reason,
        String rule,
        String message,
        String incident,
        @Nullable String ticket) {

    /** The situations of the product contract that end in a refusal. */
    public enum Reason {
        /** A rule, or the policy's default, forbids the call. */
        DENIED,
        /** An approver said no. */
        NOT_APPROVED,
        /** Nobody decided in time. */
        EXPIRED,
        /** The caller's {@code wait} is over; the ticket lives on and admits the next equal call once approved. */
        STILL_WAITING,
        /** The caller cancelled, closed, aborted or was interrupted while it waited. */
        WITHDRAWN,
        /** Encryption in transit is below what the policy demands. */
        TLS,
        /** A decision, a mask or the record could not be made, and the policy fails closed. */
        FAILED
    }

    /** One line for the caller: operator's message, rule and incident. */
    public String describe() {
        String tail = ticket == null ? "" : ", ticket " + ticket;
        return "Refused by Sallyport: " + message + " [rule " + rule + ", incident " + incident + tail + "]";
    }
}
