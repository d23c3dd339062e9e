package io.sallyport.controlplane.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.Problem;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Events as a file that other programs read. */
enum EventExport {

    /** One JSON object a line (jsonlines.org): the events as the API has them. */
    JSONL("application/x-ndjson; charset=utf-8", "jsonl") {
        @Override
        void begin(Writer out) {}

        @Override
        void write(ObjectNode event, Writer out) throws IOException {
            out.write(Wire.json().writeValueAsString(event));
            out.write('\n');
        }
    },

    /** A table (RFC 4180) whose first line names the columns. */
    CSV("text/csv; charset=utf-8; header=present", "csv") {
        @Override
        void begin(Writer out) throws IOException {
            out.write(String.join(",", COLUMNS));
            out.write("\r\n");
        }

        @Override
        void write(ObjectNode event, Writer out) throws IOException {
            for (int i = 0; i < COLUMNS.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                String column = COLUMNS.get(i);
                out.write(
                        cell(column.equals("workload") ? event.path("workload").path("name") : event.path(column)));
            }
            out.write("\r\n");
        }
    };

    private static final List<String> COLUMNS = List.of(
            "id",
            "at",
            "workload",
            "session",
            "call",
            "type",
            "verdict",
            "target",
            "summary",
            "detail",
            "values",
            "rules",
            "wouldHave",
            "rows",
            "masked",
            "micros",
            "callSite",
            "thread",
            "ticket",
            "persons",
            "reason",
            "tls",
            "error",
            "transaction",
            "trace",
            "user",
            "bytes",
            "cells",
            "sample",
            "sequence");

    private final String contentType;
    private final String extension;

    EventExport(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    static EventExport of(String format) {
        return switch (format) {
            case "jsonl" -> JSONL;
            case "csv" -> CSV;
            default -> throw new Problem(Problem.Kind.INVALID, "format is jsonl, csv or bundle");
        };
    }

    String contentType() {
        return contentType;
    }

    String extension() {
        return extension;
    }

    abstract void begin(Writer out) throws IOException;

    abstract void write(ObjectNode event, Writer out) throws IOException;

    /**
     * A quoted cell. What spreadsheets would take for a formula (it comes from a workload) gets an apostrophe in front, as OWASP's page on CSV
     * injection advises.
     */
    private static String cell(JsonNode value) {
        String text;
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(item.asText()));
            text = String.join("; ", items);
        } else if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.fields()
                    .forEachRemaining(
                            m -> members.add(m.getKey() + "=" + m.getValue().asText()));
            text = String.join("; ", members);
        } else {
            text = value.isNull() || value.isMissingNode() ? "" : value.asText();
        }
        boolean formula = !value.isNumber() && !text.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
