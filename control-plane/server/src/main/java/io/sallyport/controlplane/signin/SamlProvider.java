package io.sallyport.controlplane.signin;

import com.onelogin.saml2.authn.AuthnRequest;
import com.onelogin.saml2.authn.SamlResponse;
import com.onelogin.saml2.settings.IdPMetadataParser;
import com.onelogin.saml2.settings.Saml2Settings;
import com.onelogin.saml2.settings.SettingsBuilder;
import com.onelogin.saml2.util.Util;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.configuration.SignInSettings;
import io.sallyport.controlplane.signin.SignInException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.xml.xpath.XPathException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * One SAML 2.0 identity provider: Web Browser SSO (SAML Profiles, section 4.1), request by redirect, response by POST. The assertion has to be
 * signed itself, for us, for this address, in answer to our request, and is taken once; a response that nobody asked for is refused. Thread-safe.
 */
public final class SamlProvider {

    private static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    private static final String ENTITY_ID = "onelogin.saml2.sp.entityid";
    private static final String ACS = "onelogin.saml2.sp.assertion_consumer_service.url";
    private static final String NAME_ID_FORMAT = "onelogin.saml2.sp.nameidformat";
    /** Of the XML: with a thousand groups, and what some providers write at each, a quarter of a million characters. */
    private static final int LONGEST = 256 * 1024;
    /** Those that are judged; others wait, and the places for sign-ins bound how many. */
    private static final Semaphore AT_ONCE =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private static final Duration UNLIMITED = Duration.ofDays(1);

    private final SignInSettings.Saml settings;
    private final Saml2Settings saml;
    private final String consumer;
    private final AssertionLedger ledger;
    private final Clock clock;

    /** @throws StartFailure when the metadata cannot be used */
    public SamlProvider(SignInSettings.Saml settings, String publicUrl, AssertionLedger ledger, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.clock = clock;
        String own = publicUrl + "/sign-in/saml/" + settings.name();
        this.consumer = own + "/acs";
        Map<String, Object> values = new HashMap<>(metadata(settings));
        values.put(ENTITY_ID, settings.entityId() == null ? own : settings.entityId());
        values.put(ACS, consumer);
        values.put(NAME_ID_FORMAT, "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");
        this.saml = new SettingsBuilder().fromValues(values).build();
        saml.setStrict(true);
        saml.setWantAssertionsSigned(true);
        saml.setWantNameId(true);
        saml.setWantXMLValidation(true);
        saml.setRejectDeprecatedAlg(true);
        saml.setRequestedAuthnContext(List.of());
        List<String> wrong = saml.checkSettings();
        if (!wrong.isEmpty()) {
            throw new StartFailure("settings: signIn.saml " + settings.name() + " cannot work: " + wrong);
        }
    }

    private static Map<String, Object> metadata(SignInSettings.Saml settings) {
        try {
            Document document = Util.loadXML(Files.readString(settings.metadata(), StandardCharsets.UTF_8));
            if (document == null) {
                throw new StartFailure("settings: the metadata of signIn.saml " + settings.name() + " is not XML");
            }
            return IdPMetadataParser.parseXML(document);
        } catch (IOException | XPathException e) {
            throw new StartFailure(
                    "settings: the metadata file " + settings.metadata() + " of signIn.saml cannot be read", e);
        }
    }

    public String title() {
        String title = settings.title();
        return title == null ? settings.name() : title;
    }

    /** As in {@link ExternalPerson}. */
    public String source() {
        return "saml:" + settings.name();
    }

    /** What the provider has to know about us. */
    public String ownMetadata() {
        try {
            return saml.getSPMetadata();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("metadata without certificates cannot fail to encode them", e);
        }
    }

    /** @param there where to send the browser */
    public record Begun(URI there, PendingSignIn pending) {}

    /** Makes the request; its id is what the answer has to name. */
    public Begun begin(PendingSignIn pending) throws SignInException {
        AuthnRequest request = new AuthnRequest(saml);
        try {
            String address = saml.getIdpSingleSignOnServiceUrl().toString();
            URI there = URI.create(address + (address.contains("?") ? "&" : "?") + "SAMLRequest="
                    + encoded(request.getEncodedAuthnRequest()) + "&RelayState=" + encoded(pending.state()));
            return new Begun(
                    there, new PendingSignIn(pending.source(), pending.state(), request.getId(), "", pending.begun()));
        } catch (IOException e) {
            throw new SignInException(Reason.PROVIDER, "the request cannot be made", e);
        }
    }

    /** Checks a response; whatever is wrong with it, nobody gets in. */
    public ExternalPerson finish(@Nullable String encodedResponse, PendingSignIn pending) throws SignInException {
        String xml = decoded(encodedResponse);
        AT_ONCE.acquireUninterruptibly();
        try {
            XmlBounds.check(xml);
            // What was looked at, and nothing that another decoder makes of the same text.
            SamlResponse response = new SamlResponse(
                    saml, consumer, Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)));
            if (!response.isValid(pending.nonce())) {
                throw new SignInException(Reason.REFUSED, "the response is not to be trusted: " + response.getError());
            }
            // Core, section 2.5.1.4 leaves it optional, and the library with it; Profiles, section 4.1.4.2 demands it.
            // An
            // assertion that names nobody is good at every service of its provider.
            if (!response.getAudiences().contains(saml.getSpEntityId())) {
                throw new SignInException(
                        Reason.REFUSED,
                        "the assertion has no AudienceRestriction that names " + saml.getSpEntityId()
                                + "; let the provider restrict it to that audience");
            }
            return person(response);
        } catch (SignInException e) {
            throw e;
        } catch (Exception e) {
            // The library throws what its parsers throw.
            throw new SignInException(
                    Reason.REFUSED,
                    "the response cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        } finally {
            AT_ONCE.release();
        }
    }

    private static String decoded(@Nullable String encodedResponse) throws SignInException {
        try {
            // Some providers break lines. A third more than the XML, and as much again for line ends.
            if (encodedResponse != null && encodedResponse.length() <= 2 * LONGEST) {
                byte[] bytes = Base64.getMimeDecoder().decode(encodedResponse);
                if (bytes.length <= LONGEST) {
                    return new String(bytes, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new SignInException(Reason.REFUSED, "the response is not base64", e);
        }
        throw new SignInException(Reason.REFUSED, "there is no response, or it is too long");
    }

    private ExternalPerson person(SamlResponse response) throws Exception {
        String nameId = response.getNameId();
        if (nameId == null || nameId.isBlank() || TRANSIENT.equals(response.getNameIdFormat())) {
            throw new SignInException(
                    Reason.REFUSED, "the NameID is missing or transient; it has to stay the same for a person");
        }
        Map<String, List<String>> attributes = response.getAttributes();
        String name = nameId;
        if (settings.nameAttribute() != null) {
            List<String> values = attributes.getOrDefault(settings.nameAttribute(), List.of());
            if (values.size() != 1) {
                throw new SignInException(
                        Reason.REFUSED, "the attribute " + settings.nameAttribute() + " does not have one value");
            }
            name = values.get(0);
        }
        Instant ends = response.getAssertionNotOnOrAfter().stream()
                .map(end -> Instant.ofEpochMilli(end.getMillis()))
                .max(Instant::compareTo)
                .orElse(clock.instant().plus(UNLIMITED));
        ledger.take(source(), response.getAssertionId(), ends);
        String groups = settings.groupsAttribute() == null ? "groups" : settings.groupsAttribute();
        return new ExternalPerson(source(), nameId, name, attributes.getOrDefault(groups, List.of()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
