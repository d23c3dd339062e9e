package io.sallyport.controlplane.events;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The ways along indexes to the events that say a text, on PostgreSQL, for whoever looks for something else than the events themselves. */
public final class EventWords {

    /** Name of the numbers of texts, as an {@link #array}. */
    public static final String TEXTS = "texts";

    private EventWords() {}

    /** @param pattern in lower case; @return numbers of the texts that are said in the same words by many */
    public static List<Long> texts(Handle handle, String pattern) {
        return handle.createQuery("select id from event_text where content like :text escape '!'")
                .bind("text", pattern)
                .mapTo(Long.class)
                .list();
    }

    /** Whether not more than {@code most} events say one of these. */
    public static boolean areFew(Handle handle, List<Long> texts, int most) {
        return texts.isEmpty()
                || handle.createQuery("select count(*) from (select 1 from event e where e.text_id ="
                                        + " any(cast(:texts as bigint[])) limit " + (most + 1) + ") e")
                                .bind(TEXTS, array(texts))
                                .mapTo(Integer.class)
                                .one()
                        <= most;
    }

    /** As a parameter that is cast to {@code bigint[]}. */
    public static String array(List<Long> texts) {
        return texts.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * A query for the rows {@code workload_id, session} of events: the newest that have {@code :text} anywhere, those that have {@code :whole} as an incident id,
     * ticket, trace or user, and where {@code ofTexts} those of {@code :texts}.
     */
    public static String events(boolean ofTexts) {
        String columns = "select e.workload_id, e.session from ";
        return columns + "(select * from event r order by r.id desc limit " + EventIndex.READ
                + ") e where lower(e.body) like :text escape '!'"
                + (ofTexts ? " union all " + columns + "event e where e.text_id = any(cast(:texts as bigint[]))" : "")
                + EventIndex.WHOLE.stream()
                        .map(member -> " union all " + columns + "event e where " + EventIndex.says(member))
                        .collect(Collectors.joining());
    }
}
