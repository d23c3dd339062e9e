package io.sallyport.http.urlconnection;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** The JDK's first client. */
public final class UrlConnectionModule implements WeaveModule {

    @Override
    public String name() {
        return "url-connection";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                HttpUrlConnectionWeave.TYPE, HttpClientWeave.TYPE, MessageHeaderWeave.TYPE, CachedInputWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new HttpUrlConnectionWeave(), new HttpClientWeave(), new MessageHeaderWeave(), new CachedInputWeave());
    }
}
