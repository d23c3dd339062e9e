package io.sallyport.controlplane;

import java.net.URI;

/** A browser that a control plane has sent to its SAML provider {@code corp}, and that comes back with what the provider says. */
record SamlBrowser(Running server, String requestId, String state, String cookie) {

    static SamlBrowser sentBy(Running server) {
        Api.Answer answer = leaving(server);
        URI there = URI.create(answer.raw().headers().firstValue("Location").orElseThrow());
        return new SamlBrowser(
                server,
                ScriptedSamlIdp.requestId(there),
                ScriptedIdp.form(there.getRawQuery()).get("RelayState"),
                answer.cookie("__Host-sallyport_sign_in"));
    }

    /** What sends it there. */
    static Api.Answer leaving(Running server) {
        return server.anyone().get("/sign-in/saml/corp");
    }

    Api.Answer post(String xml) {
        return ScriptedSamlIdp.post(server.anyone().with("Cookie", cookie), state, xml);
    }
}
