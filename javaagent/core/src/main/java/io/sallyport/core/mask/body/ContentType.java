package io.sallyport.core.mask.body;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Type} header (RFC 9110 section 8.3.1).
 *
 * @param type media type in lower case, empty for none
 * @param parameters values by name in lower case; a parameter that is named several times with different values has them all
 */
record ContentType(String type, Map<String, String> parameters) {

    /** Syntaxes of documents, in the words of their media types. */
    private static final Set<String> UNREAD = Set.of(
            "yaml",
            "yml",
            "vnd.yaml",
            "toml",
            "cbor",
            "msgpack",
            "vnd.msgpack",
            "jackson-smile",
            "bson",
            "ubjson",
            "avro",
            "vnd.apache.avro",
            "vnd.apache.parquet",
            "parquet",
            "vnd.apache.arrow.file",
            "vnd.apache.arrow.stream",
            "vnd.sqlite3",
            "sqlite3",
            "java-serialized-object",
            "php-serialized",
            "vnd.php.serialized",
            "java-properties",
            "properties",
            "ini",
            "hocon",
            "hjson",
            "edn",
            "ion",
            "vnd.amazon.ion",
            "vnd.oai.openapi",
            "smile",
            "amf",
            "flatbuffers",
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "vnd.oasis.opendocument.spreadsheet");

    static ContentType parse(@Nullable String header) {
        if (header == null) {
            return new ContentType("", Map.of());
        }
        int semicolon = header.indexOf(';');
        String type = (semicolon < 0 ? header : header.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        // "application/json charset=utf-8" and two headers joined to one: what stands first counts.
        int end = 0;
        while (end < type.length() && type.charAt(end) > ' ' && type.charAt(end) != ',') {
            end++;
        }
        type = type.substring(0, end);
        Map<String, String> parameters = new HashMap<>();
        // Readers differ in which of several they take: then it is none of them.
        parameters(header)
                .forEach(parameter -> parameters.merge(
                        parameter.getKey(),
                        parameter.getValue(),
                        (one, other) -> one.equalsIgnoreCase(other) ? one : one + ", " + other));
        // Not of the grammar, and read so all the same: charset='utf-8'.
        parameters.computeIfPresent(
                "charset",
                (name, charset) -> charset.length() > 2 && charset.startsWith("'") && charset.endsWith("'")
                        ? charset.substring(1, charset.length() - 1)
                        : charset);
        return new ContentType(type, parameters);
    }

    /** What {@link #parse} reads as this. */
    String header() {
        StringBuilder header = new StringBuilder(type);
        parameters.forEach((name, value) -> header.append("; ")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"'));
        return header.toString();
    }

    /** All parameters of a header, names in lower case; a name may come several times. */
    static List<Map.Entry<String, String>> parameters(String header) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        int i = header.indexOf(';');
        while (i >= 0 && i < header.length()) {
            i++;
            int equals = header.indexOf('=', i);
            if (equals < 0) {
                break;
            }
            int next = header.indexOf(';', i);
            if (next >= 0 && next < equals) {
                // Empty, or no parameter.
                i = next;
                continue;
            }
            String name = header.substring(i, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            i = value(header, equals + 1, value);
            all.add(Map.entry(name, value.toString()));
        }
        return all;
    }

    /** Reads a token or a quoted string; returns the index of the next semicolon, or the end. */
    private static int value(String header, int from, StringBuilder value) {
        int i = from;
        while (i < header.length() && header.charAt(i) == ' ') {
            i++;
        }
        if (i < header.length() && header.charAt(i) == '"') {
            for (i++; i < header.length() && header.charAt(i) != '"'; i++) {
                if (header.charAt(i) == '\\' && i + 1 < header.length()) {
                    i++;
                }
                value.append(header.charAt(i));
            }
            int semicolon = header.indexOf(';', i);
            return semicolon < 0 ? header.length() : semicolon;
        }
        int semicolon = header.indexOf(';', i);
        int end = semicolon < 0 ? header.length() : semicolon;
        value.append(header.substring(Math.min(i, end), end).strip());
        return end;
    }

    boolean isJson() {
        return type.equals("application/json")
                || type.equals("text/json")
                || type.endsWith("+json")
                || type.equals("application/x-json")
                || type.equals("application/json5")
                || type.equals("text/x-json")
                || type.equals("json");
    }

    boolean isJsonSequence() {
        return type.equals("application/x-ndjson")
                || type.equals("application/ndjson")
                || type.equals("application/jsonl")
                || type.equals("application/x-jsonl")
                || type.equals("application/json-lines")
                || type.equals("application/jsonlines")
                || type.equals("application/json-seq")
                || type.equals("application/stream+json")
                || type.equals("application/x-json-stream")
                || type.equals("application/x-jsonlines")
                || type.equals("application/json-l")
                || type.endsWith("+json-seq")
                || type.equals("text/x-ndjson")
                || type.equals("text/jsonl");
    }

    boolean isXml() {
        return type.equals("application/xml")
                || type.equals("text/xml")
                || type.endsWith("+xml")
                || type.equals("application/xml-dtd");
    }

    boolean isCsv() {
        return switch (type) {
            case "text/csv",
                    "application/csv",
                    "text/x-csv",
                    "application/x-csv",
                    "text/comma-separated-values",
                    "text/x-comma-separated-values" -> true;
            default -> isSpreadsheet();
        };
    }

    /** Of Excel, which names tables of text as often as its own files. */
    boolean isSpreadsheet() {
        return switch (type) {
            case "application/vnd.ms-excel",
                    "application/x-msexcel",
                    "application/msexcel",
                    "application/excel",
                    "application/x-excel" -> true;
            default -> false;
        };
    }

    boolean isTsv() {
        return type.equals("text/tab-separated-values") || type.equals("text/tsv");
    }

    boolean isForm() {
        return type.equals("application/x-www-form-urlencoded");
    }

    boolean isEventStream() {
        return type.equals("text/event-stream");
    }

    /** An HTTP message within the body (RFC 9112 section 10), as the parts of an OData batch are. */
    boolean isHttpMessage() {
        return type.equals("application/http") || type.equals("message/http");
    }

    /** Headers and a body within the body. */
    boolean isMessage() {
        return isHttpMessage() || type.equals("message/rfc822") || type.equals("message/global");
    }

    boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    /** Media that are no text whatever they hold. */
    boolean isMedia() {
        return type.startsWith("image/")
                || type.startsWith("audio/")
                || type.startsWith("video/")
                || type.startsWith("font/")
                || type.equals("application/pdf")
                || type.equals("application/zip")
                || type.equals("application/gzip")
                || isProtobuf();
    }

    private boolean isProtobuf() {
        return type.equals("application/x-protobuf")
                || type.equals("application/protobuf")
                || type.endsWith(".protobuf")
                || type.endsWith("+protobuf")
                || type.startsWith("application/grpc");
    }

    /** Documents with members that nobody reads here: what a key or path names could be in them. */
    boolean isUnreadDocument() {
        String subtype = type.substring(type.indexOf('/') + 1);
        String syntax = subtype.substring(subtype.lastIndexOf('+') + 1);
        return isProtobuf() || UNREAD.contains(syntax.startsWith("x-") ? syntax.substring(2) : syntax);
    }

    /** Hypertext begins like XML and seldom is any; forms, tables and events never are. */
    boolean mayBeXml() {
        return !isForm() && !isCsv() && !isTsv() && !isEventStream() && !isHypertext();
    }

    boolean isHypertext() {
        return type.equals("text/html");
    }

    boolean isScript() {
        return type.endsWith("/javascript")
                || type.endsWith("/x-javascript")
                || type.endsWith("/ecmascript")
                || type.endsWith("/x-ecmascript")
                || type.startsWith("text/javascript1.");
    }

    /** Scripts, and what is sent without a type. */
    boolean mayBeScript() {
        return type.isEmpty() || isScript();
    }

    /** What a server sends a table as that it does not name one. */
    boolean mayBeTable() {
        return type.isEmpty()
                || type.equals("text/plain")
                || type.equals("application/octet-stream")
                || type.equals("binary/octet-stream")
                || type.equals("application/download")
                || type.equals("application/force-download");
    }

    boolean isText() {
        return type.isEmpty()
                || type.startsWith("text/")
                || isScript()
                || type.equals("application/yaml")
                || type.equals("application/x-yaml")
                || type.equals("application/toml")
                || type.equals("application/sql")
                || type.equals("application/x-pem-file")
                || type.equals("application/graphql")
                || type.endsWith("+yaml");
    }
}
