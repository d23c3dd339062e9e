package io.sallyport.http.apache4;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;
import java.util.Set;

/** Apache HttpClient 4. */
public final class Apache4Module implements WeaveModule {

    @Override
    public String name() {
        return "apache-httpclient-4";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                ClientExecWeave.TYPE,
                ClientConnectionWeave.TYPE,
                ConnectionOutputWeave.TYPE,
                ClientExecWeave.MINIMAL,
                RequestWrapperWeave.TYPE,
                RetryHandlerWeave.TYPE,
                RequestDirectorWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new ClientExecWeave(),
                new ClientConnectionWeave(),
                new ConnectionOutputWeave(),
                new RequestWrapperWeave(),
                new RetryHandlerWeave(),
                new RequestDirectorWeave());
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.apache4");
    }
}
