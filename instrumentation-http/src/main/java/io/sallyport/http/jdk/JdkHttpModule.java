package io.sallyport.http.jdk;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** The JDK's own client (JEP 321). */
public final class JdkHttpModule implements WeaveModule {

    @Override
    public String name() {
        return "jdk-http";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                HttpClientWeave.TYPE,
                RedirectWeave.TYPE,
                ResponseWeave.TYPE,
                ExchangeWeave.TYPE,
                AttemptWeave.TYPE,
                HeadWeave.TYPE,
                HeadWeave.HTTP2,
                HttpResponseWeave.TYPE,
                HttpHeadersWeave.TYPE,
                CookieFilterWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new HttpClientWeave(),
                new RedirectWeave(),
                new ResponseWeave(),
                new ExchangeWeave(),
                new AttemptWeave(),
                new HeadWeave(),
                new FramedHeadWeave(),
                new HttpResponseWeave(),
                new HttpHeadersWeave(),
                new CookieFilterWeave());
    }
}
