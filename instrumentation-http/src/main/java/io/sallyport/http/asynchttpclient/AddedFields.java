package io.sallyport.http.asynchttpclient;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.ClientCookieEncoder;
import io.sallyport.http.netty.NettyFields;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.asynchttpclient.Realm;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.util.AuthenticatorUtils;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request with those that the client makes of its other settings and its cookie store once it writes the request ({@code
 * NettyRequestFactory}), so that rules see them.
 */
final class AddedFields {

    private AddedFields() {}

    /** For {@link io.sallyport.http.OutgoingRequest#of}. */
    static Consumer<BiConsumer<String, String>> of(Request request, NettyResponseFuture<?> future) {
        HttpHeaders own = request.getHeaders();
        String host = own.contains(HttpHeaderNames.HOST) ? null : request.getVirtualHost();
        String cookies = request.getCookies().isEmpty() ? null : ClientCookieEncoder.LAX.encode(request.getCookies());
        String credentials = credentials(request, future.getRealm());
        return each -> {
            NettyFields.of(own).accept((name, value) -> {
                // The client puts its cookies in the place of the request's own.
                if (cookies == null || !HttpHeaderNames.COOKIE.contentEqualsIgnoreCase(name)) {
                    each.accept(name, value);
                }
            });
            add(each, HttpHeaderNames.HOST, host);
            add(each, HttpHeaderNames.COOKIE, cookies);
            add(each, HttpHeaderNames.AUTHORIZATION, credentials);
        };
    }

    private static void add(BiConsumer<String, String> each, CharSequence name, @Nullable String value) {
        if (value != null) {
            each.accept(name.toString(), value);
        }
    }

    /**
     * Which credentials are sent without a challenge, or in answer to one: in full where they are the same each time, else the scheme, since the
     * rest is made anew for each request or connection.
     */
    private static @Nullable String credentials(Request request, @Nullable Realm realm) {
        if (realm == null || !realm.isUsePreemptiveAuth()) {
            return null;
        }
        return switch (realm.getScheme()) {
            case BASIC -> AuthenticatorUtils.perRequestAuthorizationHeader(request, realm);
            case DIGEST -> realm.getNonce() == null || realm.getNonce().isEmpty() ? null : "Digest ?";
            case NTLM -> "NTLM ?";
            case KERBEROS, SPNEGO -> AuthenticatorUtils.NEGOTIATE + " ?";
            default -> null;
        };
    }
}
