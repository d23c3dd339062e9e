package io.sallyport.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class ApplicationTracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String MDC = org.slf4j.MDC.class.getName();

    private final ApplicationTraces traces = new ApplicationTraces("nightly clean-up");

    @Test
    void theCurrentSpanOfOpenTelemetryHasTheTrace() {
        traces.loaded(Span.class.getClassLoader(), Span.class.getName());

        assertThat(traces.traceId()).isNull();
        Span span = Span.wrap(
                SpanContext.create(TRACE, "00f067aa0ba902b7", TraceFlags.getSampled(), TraceState.getDefault()));
        try (Scope ignored = span.makeCurrent()) {
            assertThat(traces.traceId()).isEqualTo(TRACE);
        }
        assertThat(traces.traceId()).isNull();
    }

    @Test
    void theLoggingContextOfAnApplicationInItsOwnLoaderHasTheTraceAndTheUser() throws Exception {
        try (URLClassLoader application = logging()) {
            Class<?> context = application.loadClass(MDC);
            traces.loaded(application, MDC);

            put(context, "trace_id", TRACE);
            put(context, "enduser.id", "ann");
            assertThat(traces.traceId()).isEqualTo(TRACE);
            assertThat(traces.user()).isEqualTo("ann");
            assertThat(traces.reason()).isEqualTo("nightly clean-up");
            put(context, "sallyport.reason", "OPS-4711");
            assertThat(traces.reason()).isEqualTo("OPS-4711");

            context.getMethod("clear").invoke(null);
            assertThat(traces.traceId()).isNull();
            assertThat(traces.user()).isNull();
        }
    }

    @Test
    void whatIsNoTraceIdIsNotTaken() throws Exception {
        try (URLClassLoader application = logging()) {
            Class<?> context = application.loadClass(MDC);
            traces.loaded(application, MDC);
            for (String odd : new String[] {"", "0".repeat(32), "' or 1=1 --", "x".repeat(32), "1".repeat(40)}) {
                put(context, "traceId", odd);
                assertThat(traces.traceId()).as(odd).isNull();
            }
        }
    }

    private static URLClassLoader logging() {
        return new URLClassLoader(
                new URL[] {
                    jar(org.slf4j.MDC.class),
                    jar(ch.qos.logback.classic.Logger.class),
                    jar(ch.qos.logback.core.Context.class)
                },
                ClassLoader.getPlatformClassLoader());
    }

    private static URL jar(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static void put(Class<?> context, String key, String value) throws Exception {
        context.getMethod("put", String.class, String.class).invoke(null, key, value);
    }

    @Test
    void aLibraryThatIsNotWhatItsNameSaysIsAskedNoMore() throws Exception {
        try (URLClassLoader without = new URLClassLoader(new URL[0], null)) {
            traces.loaded(without, Span.class.getName());
            assertThat(traces.traceId()).isNull();
            assertThat(traces.traceId()).isNull();
        }
    }

    @Test
    void whileNothingWasLoadedNothingIsKnown() {
        assertThat(traces.traceId()).isNull();
        assertThat(traces.user()).isNull();
    }
}
