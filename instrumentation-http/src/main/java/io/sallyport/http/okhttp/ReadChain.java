package io.sallyport.http.okhttp;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import okhttp3.Interceptor;
import okhttp3.Request;

/** A chain with another request. A proxy, because what a chain has besides differs from version to version. */
final class ReadChain {

    private ReadChain() {}

    static Interceptor.Chain of(Interceptor.Chain chain, Request request) {
        return (Interceptor.Chain) Proxy.newProxyInstance(
                Interceptor.Chain.class.getClassLoader(),
                new Class<?>[] {Interceptor.Chain.class},
                (proxy, method, arguments) -> method.getName().equals("request") && method.getParameterCount() == 0
                        ? request
                        : call(chain, method, arguments));
    }

    private static Object call(Interceptor.Chain chain, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(chain, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
