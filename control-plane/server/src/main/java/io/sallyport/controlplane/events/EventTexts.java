package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What events say in words that others say too, each text once: millions of events of a fleet have some thousands of statements, places and
 * rules between them. An index over the whole text of every event would make storing it twenty times as dear (measured with trigrams).
 * On PostgreSQL only; the embedded store reads its events. Thread-safe.
 *
 * <p>A text is stored before, and not in, the transaction of the events that point to it; one that no event points to does no harm.
 */
final class EventTexts {

    private static final int REMEMBERED = 20_000;

    private final Database database;
    private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    });

    EventTexts(Database database) {
        this.database = database;
    }

    private record Known(long id, Instant day) {}

    /** @return for each event, by identity, the number of its text; empty on the embedded store */
    Map<Event, Long> of(Stream<AgentMessage.Numbered> events, Instant now) {
        if (!database.isShared()) {
            return Map.of();
        }
        Instant day = now.truncatedTo(ChronoUnit.DAYS);
        Map<Event, Long> ids = new IdentityHashMap<>();
        events.forEach(numbered -> ids.put(numbered.event(), id(numbered.event(), day)));
        return ids;
    }

    private long id(Event event, Instant day) {
        String kind = EventLog.kind(event);
        String verdict = EventLog.verdict(event);
        String target = lower(event.target());
        String content = content(event);
        String digest = digest(kind + '\n' + verdict + '\n' + target + '\n' + content);
        Known found = known.get(digest);
        if (found == null || found.day().isBefore(day)) {
            found = new Known(store(digest, kind, verdict, target, content, day), day);
            known.put(digest, found);
        }
        return found.id();
    }

    private long store(
            String digest, String kind, @Nullable String verdict, String target, String content, Instant day) {
        return database.change(tx -> tx.query("insert into event_text (digest, kind, verdict, target, content, seen_at)"
                        + " values (:digest, :kind, :verdict, :target, :content, :day)"
                        + " on conflict (digest) do update set seen_at = greatest(event_text.seen_at, excluded.seen_at)"
                        + " returning id")
                .bind("digest", digest)
                .bind("kind", kind)
                .bindByType("verdict", verdict, String.class)
                .bind("target", target)
                .bind("content", content)
                .bind("day", day)
                .mapTo(Long.class)
                .one());
    }

    /** Forgets texts that no stored event can point to. */
    static void sweep(Database database, Instant before) {
        if (database.isShared()) {
            // A day's grace, since seen_at is a day.
            database.sweep(tx -> tx.update("delete from event_text where seen_at < :before")
                    .bind("before", before.minus(2, ChronoUnit.DAYS))
                    .execute());
        }
    }

    private static String content(Event event) {
        return Stream.of(
                        Stream.of(event.target(), event.summary(), detail(event), event.verdict(), event.wouldHave()),
                        list(event.rules()),
                        list(event.masked()),
                        Stream.of(event.callSite(), event.tls(), event.transaction(), event.error(), event.reason()),
                        list(event.persons()))
                .flatMap(part -> part)
                .map(EventTexts::lower)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static Stream<@Nullable String> list(@Nullable List<String> list) {
        return list == null ? Stream.of() : list.stream().map(name -> name);
    }

    /** Numbers and keys in the path of a request would make every text another. */
    private static @Nullable String detail(Event event) {
        String detail = event.detail();
        String target = event.target();
        return detail != null && target != null && target.startsWith("http")
                ? detail.replaceAll("(?<=[/=])[^/=&? ]*[0-9][^/=&? ]*", "#")
                : detail;
    }

    static String lower(@Nullable String text) {
        return Clip.text(text, 16_000).toLowerCase(Locale.ROOT);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
