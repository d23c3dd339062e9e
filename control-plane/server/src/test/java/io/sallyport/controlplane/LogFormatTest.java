package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** The log as a collector reads it. */
class LogFormatTest {

    private static String encoded(String format, String message) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        if (format != null) {
            context.putProperty("sallyport.log.format", format);
        }
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
        Logger logger = context.getLogger("io.sallyport.Any");
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        OutputStreamAppender<ILoggingEvent> only = (OutputStreamAppender<ILoggingEvent>) appenders.next();
        assertThat(appenders).isExhausted();
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, null, new Object[] {"orders"});
        return new String(only.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        String text = encoded("json", "workload {} said\n\"this\"");
        assertThat(text.strip()).doesNotContain("\n");
        JsonNode line = Wire.json().readTree(text);
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("formattedMessage").asText()).isEqualTo("workload orders said\n\"this\"");
        assertThat(line.path("timestamp").asLong()).isPositive();
    }

    @Test
    void textIsOneLineAnEventByDefault() throws Exception {
        String text = encoded(null, "workload {} said\nthis");
        assertThat(text).endsWith("workload orders said | this\n").contains(" WARN  Any ");
    }
}
