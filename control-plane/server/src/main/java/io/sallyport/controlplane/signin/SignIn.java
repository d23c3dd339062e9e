package io.sallyport.controlplane.signin;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.controlplane.configuration.SignInSettings;
import io.sallyport.controlplane.outward.OutwardHttp;
import io.sallyport.controlplane.people.ExternalPeople;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.signin.SignInException.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every way to sign in through somebody else, and what becomes of those who do. Thread-safe. */
public final class SignIn {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

    private final Map<String, OidcProvider> oidc = new LinkedHashMap<>();
    private final Map<String, SamlProvider> saml = new LinkedHashMap<>();
    private final RoleMapping roles;
    private final SignInSeal seal;
    private final ExternalPeople people;

    /** @throws StartFailure for settings that cannot work */
    public SignIn(
            Configuration configuration, byte[] sealKey, ExternalPeople people, AssertionLedger ledger, Clock clock) {
        this.people = people;
        this.seal = new SignInSeal(sealKey, clock);
        SignInSettings settings = configuration.signIn();
        this.roles = new RoleMapping(settings == null ? Map.of() : settings.roles());
        if (settings == null) {
            return;
        }
        if (configuration.url() == null || !OutwardHttp.takes(configuration.url())) {
            throw new StartFailure(
                    "settings: signIn needs url, the https address at which browsers reach this" + " control plane");
        }
        for (SignInSettings.Oidc one : settings.oidc()) {
            check(one.name(), "oidc");
            if (one.issuer() == null || one.clientId() == null || !OutwardHttp.takes(one.issuer())) {
                throw new StartFailure("settings: signIn.oidc " + one.name() + " needs clientId and an https issuer");
            }
            if (oidc.put(one.name(), new OidcProvider(one, configuration.publicUrl(), clock)) != null) {
                throw new StartFailure("settings: there are two providers of the name " + one.name());
            }
        }
        settings.saml().forEach(one -> addSaml(configuration, one, ledger, clock));
    }

    private void addSaml(Configuration configuration, SignInSettings.Saml one, AssertionLedger ledger, Clock clock) {
        check(one.name(), "saml");
        if (one.metadata() == null) {
            throw new StartFailure("settings: signIn.saml " + one.name() + " needs metadata, the provider's XML file");
        }
        if (saml.put(one.name(), new SamlProvider(one, configuration.publicUrl(), ledger, clock)) != null) {
            throw new StartFailure("settings: there are two providers of the name " + one.name());
        }
    }

    private static void check(@Nullable String name, String kind) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new StartFailure("settings: each provider of signIn." + kind
                    + " needs a name of lower case letters, digits and dashes");
        }
    }

    /** A button on the login page. */
    public record Way(String title, String href) {}

    public List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        oidc.forEach((name, one) -> ways.add(new Way(one.title(), "/sign-in/oidc/" + name)));
        saml.forEach((name, one) -> ways.add(new Way(one.title(), "/sign-in/saml/" + name)));
        return ways;
    }

    public SignInSeal seal() {
        return seal;
    }

    /** @throws Problem 404 */
    public OidcProvider oidc(String name) {
        return known(oidc.get(name));
    }

    /** @throws Problem 404 */
    public SamlProvider saml(String name) {
        return known(saml.get(name));
    }

    private static <T> T known(@Nullable T provider) {
        if (provider == null) {
            throw new Problem(Problem.Kind.NOT_FOUND, "there is no identity provider of that name");
        }
        return provider;
    }

    /** Lets in whom a provider vouches for. */
    public Person admit(ExternalPerson person) throws SignInException {
        List<String> granted = roles.rolesOf(person.groups());
        if (granted.isEmpty()) {
            throw new SignInException(
                    Reason.NO_ROLE, person.name() + " is in no group that gives a role here: " + person.groups());
        }
        try {
            return people.admit(person.source(), person.subject(), person.name(), person.groups(), granted);
        } catch (Problem e) {
            throw new SignInException(Reason.REFUSED, e.getMessage(), e);
        }
    }
}
