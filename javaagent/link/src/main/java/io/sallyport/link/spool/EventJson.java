package io.sallyport.link.spool;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sallyport.core.record.Event;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an event as {@link io.sallyport.protocol.Wire} reads it: members by the record's names, absent ones left out. */
final class EventJson {

    private EventJson() {}

    static void write(Event e, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", e.at().toString());
        json.writeStringField("type", e.type().name());
        text("session", e.session(), json);
        text("call", e.call(), json);
        text("target", e.target(), json);
        text("summary", e.summary(), json);
        text("detail", e.detail(), json);
        text("verdict", e.verdict(), json);
        texts("rules", e.rules(), json);
        text("wouldHave", e.wouldHave(), json);
        json.writeNumberField("rows", e.rows());
        texts("masked", e.masked(), json);
        text("callSite", e.callSite(), json);
        text("thread", e.thread(), json);
        text("ticket", e.ticket(), json);
        texts("persons", e.persons(), json);
        text("reason", e.reason(), json);
        json.writeNumberField("micros", e.micros());
        text("tls", e.tls(), json);
        text("error", e.error(), json);
        text("values", e.values(), json);
        text("transaction", e.transaction(), json);
        text("trace", e.trace(), json);
        text("user", e.user(), json);
        if (e.bytes() != null) {
            json.writeNumberField("bytes", e.bytes());
        }
        if (e.cells() != null) {
            json.writeObjectFieldStart("cells");
            for (Map.Entry<String, Long> cell : e.cells().entrySet()) {
                json.writeNumberField(cell.getKey(), cell.getValue());
            }
            json.writeEndObject();
        }
        text("sample", e.sample(), json);
        json.writeEndObject();
    }

    private static void text(String name, @Nullable String value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void texts(String name, @Nullable List<String> values, JsonGenerator json) throws IOException {
        if (values == null) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String v : values) {
            json.writeString(v);
        }
        json.writeEndArray();
    }
}
