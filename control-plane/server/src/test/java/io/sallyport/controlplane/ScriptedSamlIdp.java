package io.sallyport.controlplane;

import com.onelogin.saml2.util.Util;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A SAML identity provider whose assertions say what a test tells them to say. */
final class ScriptedSamlIdp {

    static final String ENTITY = "https://idp.example.com/saml";
    static final String SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private static final String DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256";

    private final KeyPair keys;
    private final X509Certificate certificate;

    ScriptedSamlIdp() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=idp");
            Instant now = Instant.now();
            certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minus(Duration.ofDays(1))),
                                    Date.from(now.plus(Duration.ofDays(1))),
                                    name,
                                    keys.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Path metadata() {
        try {
            return Files.writeString(Files.createTempFile("idp", ".xml"), """
                    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
                      <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                        <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
                          <ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                        <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
                          Location="https://idp.example.com/sso"/>
                      </md:IDPSSODescriptor>
                    </md:EntityDescriptor>
                    """.formatted(
                            ENTITY, Base64.getEncoder().encodeToString(certificate.getEncoded())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The id of the request that a browser was sent with. */
    static String requestId(URI redirect) {
        Map<String, String> query = ScriptedIdp.form(redirect.getRawQuery());
        try (InflaterInputStream inflater = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(query.get("SAMLRequest"))), new Inflater(true))) {
            String xml = new String(inflater.readAllBytes(), StandardCharsets.UTF_8);
            Matcher id = Pattern.compile(" ID=\"([^\"]+)\"").matcher(xml);
            if (!id.find()) {
                throw new AssertionError(xml);
            }
            return id.group(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the provider's page makes a browser do: post the answer to the assertion consumer, with its cookies. */
    static Api.Answer post(Api browser, String relayState, String xml) {
        String form = "RelayState=" + relayState + "&SAMLResponse="
                + URLEncoder.encode(
                        Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8);
        try {
            HttpResponse<String> answer = browser.client()
                    .send(
                            browser.request("/sign-in/saml/corp/acs")
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(form))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return new Api.Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What an assertion says. */
    record Says(
            String inResponseTo,
            String nameId,
            String group,
            String audience,
            String recipient,
            Instant until,
            String issuer) {

        Says as(String name) {
            return new Says(inResponseTo, name, group, audience, recipient, until, issuer);
        }

        Says inGroup(String other) {
            return new Says(inResponseTo, nameId, other, audience, recipient, until, issuer);
        }

        Says to(String otherAudience) {
            return new Says(inResponseTo, nameId, group, otherAudience, recipient, until, issuer);
        }

        Says at(String otherRecipient) {
            return new Says(inResponseTo, nameId, group, audience, otherRecipient, until, issuer);
        }

        Says answering(String other) {
            return new Says(other, nameId, group, audience, recipient, until, issuer);
        }

        Says until(Instant end) {
            return new Says(inResponseTo, nameId, group, audience, recipient, end, issuer);
        }

        Says by(String otherIssuer) {
            return new Says(inResponseTo, nameId, group, audience, recipient, until, otherIssuer);
        }
    }

    static Says truth(String requestId) {
        return new Says(
                requestId,
                "alice@example.com",
                "dba",
                "https://cp.example.com/sign-in/saml/corp",
                "https://cp.example.com/sign-in/saml/corp/acs",
                Instant.now().plus(Duration.ofMinutes(5)),
                ENTITY);
    }

    static String assertion(Says says) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String before =
                Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
        String until = says.until().truncatedTo(ChronoUnit.SECONDS).toString();
        return """
                <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_%s" Version="2.0" IssueInstant="%s">\
                <saml:Issuer>%s</saml:Issuer>\
                <saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">%s</saml:NameID>\
                <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
                <saml:SubjectConfirmationData InResponseTo="%s" NotOnOrAfter="%s" Recipient="%s"/></saml:SubjectConfirmation></saml:Subject>\
                <saml:Conditions NotBefore="%s" NotOnOrAfter="%s"><saml:AudienceRestriction><saml:Audience>%s</saml:Audience>\
                </saml:AudienceRestriction></saml:Conditions>\
                <saml:AuthnStatement AuthnInstant="%s"><saml:AuthnContext>\
                <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>\
                </saml:AuthnContext></saml:AuthnStatement>\
                <saml:AttributeStatement><saml:Attribute Name="groups"><saml:AttributeValue>%s</saml:AttributeValue></saml:Attribute>\
                </saml:AttributeStatement></saml:Assertion>""".formatted(
                        UUID.randomUUID(),
                        now,
                        says.issuer(),
                        says.nameId(),
                        says.inResponseTo(),
                        until,
                        says.recipient(),
                        before,
                        until,
                        says.audience(),
                        now,
                        says.group());
    }

    String sign(String xml) {
        return sign(xml, SHA256);
    }

    String sign(String xml, String algorithm) {
        try {
            String signed =
                    Util.addSign(Util.convertStringToDocument(xml), keys.getPrivate(), certificate, algorithm, DIGEST);
            return signed.replaceFirst("^<\\?xml[^>]*\\?>", "").strip();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String response(String inResponseTo, String content) {
        return """
                <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" \
                ID="_%s" Version="2.0" IssueInstant="%s" Destination="https://cp.example.com/sign-in/saml/corp/acs" InResponseTo="%s">\
                <saml:Issuer>%s</saml:Issuer>\
                <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>%s</samlp:Response>""".formatted(
                UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.SECONDS), inResponseTo, ENTITY, content);
    }
}
