/**
 * The enforcement core: decides what a call may do, what of its answer may be seen, and what is written down about it.
 *
 * <p>Pure Java. It knows no JDBC class, no HTTP client and no byte-code library, and does no I/O: instrumentation modules
 * translate a call into a {@link io.sallyport.core.command.Command}, pass it to the {@link io.sallyport.core.verdict.Gate}
 * and translate what comes back into the client's own idiom. What leaves the process goes through two interfaces that the link
 * implements: {@link io.sallyport.core.record.EventSink} and {@link io.sallyport.core.hold.ApprovalDesk}.
 *
 * <pre>
 *   call → Command → Enforcer (PolicySnapshot, SqlReader) → Verdict → HoldRoom → Passage → call → result masked by Obligations
 *                                    └──────────── Recorder → EventSink ──────────────┘
 * </pre>
 */
package io.sallyport.core;
