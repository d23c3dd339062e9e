package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.secrets.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The dashboard's files, from the class path below {@code /dashboard}. Thread-safe. */
final class Dashboard {

    private static final Pattern PATH = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final ConcurrentMap<String, File> files = new ConcurrentHashMap<>();

    private record File(byte[] content, String type, String tag) {}

    void index(Context request) {
        serve(request, "index.html");
    }

    /** {@code /assets/x} is {@code dashboard/assets/x}, or {@code dashboard/x} where there is no such folder. */
    void asset(Context request) {
        String path = request.path().substring("/assets/".length());
        serve(request, find("assets/" + path) != null ? "assets/" + path : path);
    }

    void icon(Context request) {
        serve(request, find("favicon.ico") != null ? "favicon.ico" : "favicon.svg");
    }

    private void serve(Context request, String path) {
        File file = find(path);
        if (file == null) {
            throw new Problem(Problem.Kind.NOT_FOUND, "there is nothing at this address");
        }
        request.header("Cache-Control", "no-cache");
        request.header("ETag", file.tag());
        if (file.tag().equals(request.header("If-None-Match"))) {
            request.status(304);
            return;
        }
        request.contentType(file.type());
        request.result(file.content());
    }

    private @Nullable File find(String path) {
        if (path.length() > 200 || !PATH.matcher(path).matches()) {
            return null;
        }
        File known = files.get(path);
        if (known != null) {
            return known;
        }
        try (InputStream stream = Dashboard.class.getResourceAsStream("/dashboard/" + path)) {
            String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
            if (stream == null || type == null) {
                return null;
            }
            byte[] content = stream.readAllBytes();
            String tag = "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(content)) + "\"";
            File file = new File(content, type, tag);
            files.put(path, file);
            return file;
        } catch (IOException e) {
            return null;
        }
    }
}
