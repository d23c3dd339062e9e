package io.sallyport.controlplane.signin;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.sallyport.controlplane.outward.OutwardHttp;
import java.io.IOException;
import java.net.URI;

/** OpenID Connect Discovery 1.0: an issuer's own description of itself. */
public final class Discovery {

    /** @throws IOException when it cannot be had, or describes another issuer (section 4.3) */
    public static OIDCProviderMetadata of(Issuer issuer, OutwardHttp http) throws IOException {
        String base = issuer.getValue();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/.well-known/openid-configuration");
        OutwardHttp.Answer answer = http.get(address);
        if (answer.status() != 200) {
            throw new IOException(address + " answered with HTTP " + answer.status());
        }
        OIDCProviderMetadata metadata;
        try {
            metadata = OIDCProviderMetadata.parse(answer.body());
        } catch (ParseException e) {
            throw new IOException(address + " is not a discovery document", e);
        }
        if (!issuer.equals(metadata.getIssuer())) {
            throw new IOException(address + " describes another issuer");
        }
        return metadata;
    }

    private Discovery() {}
}
