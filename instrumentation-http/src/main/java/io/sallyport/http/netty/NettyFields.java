package io.sallyport.http.netty;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Header fields of Netty. */
public final class NettyFields {

    private NettyFields() {}

    /** For {@link io.sallyport.http.OutgoingRequest#of}. */
    public static Consumer<BiConsumer<String, String>> of(HttpHeaders headers) {
        return each -> {
            for (Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
                    fields.hasNext(); ) {
                Map.Entry<CharSequence, CharSequence> field = fields.next();
                each.accept(field.getKey().toString(), field.getValue().toString());
            }
        };
    }
}
