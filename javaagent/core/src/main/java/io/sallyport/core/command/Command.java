package io.sallyport.core.command;

/**
 * Something a workload is about to do to a target. Every implementation is immutable and carries no credential.
 *
 * <p>A command is built once per call by an instrumentation module and decided once by the
 * {@link io.sallyport.core.verdict.Gate}.
 */
public sealed interface Command permits ConnectCommand, SqlCommand, HttpCommand {

    /** Where the call goes. */
    Target target();

    /** Session that the call belongs to: one per physical connection (JDBC) or client (HTTP). */
    String session();

    /** Who makes it, and from which line of code. */
    Caller caller();

    /** The same command with another description of its caller. */
    Command withCaller(Caller other);

    /** A short name of what happens, for people: {@code connect}, {@code delete}, {@code GET /api/users}. Never a value. */
    String summary();
}
