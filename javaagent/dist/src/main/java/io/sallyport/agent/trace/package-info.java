/**
 * What the application says about the work of a thread: trace ids of OpenTelemetry and of SLF4J's MDC, and the person it works for. Read by
 * reflection, so that the agent depends on neither; only from classes that the application has loaded itself, because loading a logging
 * library for it would configure that library at a time the application did not choose.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.agent.trace;
