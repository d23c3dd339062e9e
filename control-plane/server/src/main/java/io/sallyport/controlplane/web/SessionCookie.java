package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.sallyport.controlplane.people.Sessions;

/**
 * The cookie that carries a session. Scripts cannot read it, other sites cannot send it, plain HTTP never carries it, and no host beside
 * this one (a sibling domain, plain HTTP) can plant another under its name.
 */
final class SessionCookie {

    static final String NAME = "__Host-sallyport_session";

    static void set(Context request, Sessions.Opened session) {
        request.cookie(cookie(session.token(), (int) Sessions.LIFE.toSeconds()));
    }

    static void clear(Context request) {
        request.cookie(cookie("", 0));
    }

    private static Cookie cookie(String value, int seconds) {
        Cookie cookie = new Cookie(NAME, value);
        cookie.setPath("/");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(true);
        cookie.setSameSite(SameSite.STRICT);
        return cookie;
    }

    private SessionCookie() {}
}
