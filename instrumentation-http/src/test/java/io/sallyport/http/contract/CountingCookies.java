package io.sallyport.http.contract;

import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's handler of cookies that notices how often it is asked; its cookie is another one each time. */
public final class CountingCookies extends CookieHandler {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** The paths that it was asked for. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> fields) {
        asked.add(uri.getPath());
        return Map.of("Cookie", List.of("count=" + asked.size()));
    }

    @Override
    public void put(URI uri, Map<String, List<String>> fields) {}
}
