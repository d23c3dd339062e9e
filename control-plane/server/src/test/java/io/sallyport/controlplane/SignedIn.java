package io.sallyport.controlplane;

import com.fasterxml.jackson.databind.JsonNode;

/** A browser in which somebody has signed in: what it sends with each request, whichever replica that goes to. */
record SignedIn(String cookie, String csrf) {

    private static final String SESSION = "__Host-sallyport_session";

    /** What the answer to a password left in the browser. */
    static SignedIn of(Api.Answer login) {
        JsonNode me = login.expect(200);
        return new SignedIn(login.cookie(SESSION), me.path("csrf").asText());
    }

    /** What the way back from an identity provider left there, and what the dashboard then asks for. */
    static SignedIn of(Api.Answer redirect, Running at) {
        String cookie = redirect.cookie(SESSION);
        JsonNode me = at.anyone().with("Cookie", cookie).get("/api/v1/me").expect(200);
        return new SignedIn(cookie, me.path("csrf").asText());
    }

    Api at(Running server) {
        return server.anyone().with("Cookie", cookie, "X-Sallyport-CSRF", csrf);
    }
}
