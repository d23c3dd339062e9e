package io.sallyport.sockets;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** {@code java.net.Socket}, which can lead to a relay or a proxy: unlike what else is woven here, its advice changes what happens. */
public final class RelayModule implements WeaveModule {

    @Override
    public String name() {
        return EgressCoverage.MODULE;
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(SocketWeave.TYPE).or(ClassFilter.named(ProxyWeave.TYPES));
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(new SocketWeave(), new ProxyWeave());
    }
}
