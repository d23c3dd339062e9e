package io.sallyport.controlplane.notify;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.approvals.ApprovalView;
import io.sallyport.controlplane.configuration.NotifySettings;
import io.sallyport.controlplane.configuration.SecretReference;
import io.sallyport.controlplane.outward.OutwardHttp;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A webhook, or Slack and what understands its incoming webhooks. */
final class HttpReceiver implements Receiver {

    /** {@code t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>", hex>}. */
    static final String SIGNATURE = "X-Sallyport-Signature";

    private final String name;
    private final URI address;
    private final @Nullable String secret;
    private final OutwardHttp http;

    /** @throws StartFailure for settings that cannot work */
    HttpReceiver(String name, NotifySettings settings) {
        this.name = name;
        URI webhook = settings.webhook();
        String slack = settings.slack();
        String reference = settings.secret();
        if (webhook != null && reference == null) {
            throw new StartFailure("settings: notify " + name + " needs secret, for the webhook's signature");
        }
        this.address =
                webhook != null ? webhook : URI.create(SecretReference.read(String.valueOf(slack), "slack of " + name));
        this.secret =
                webhook == null || reference == null ? null : SecretReference.read(reference, "secret of " + name);
        this.http = new OutwardHttp(settings.ca());
        if (!OutwardHttp.takes(address)) {
            throw new StartFailure("settings: notify " + name + " needs an https address");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void send(String news, ApprovalView ticket, @Nullable String link, Instant now) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        String body;
        if (secret == null) {
            body = Wire.write(Map.of("text", Wording.slack(news, ticket, link)));
        } else {
            body = Wire.write(Wording.webhook(news, ticket, link, now));
            long seconds = now.getEpochSecond();
            headers.put(SIGNATURE, "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + body));
        }
        int status = http.send(address, "POST", headers, body).status();
        if (status / 100 != 2) {
            throw new IOException("it answered HTTP " + status);
        }
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
