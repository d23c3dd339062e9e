package io.sallyport.controlplane.notify;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.approvals.ApprovalView;
import io.sallyport.controlplane.configuration.MailSettings;
import io.sallyport.controlplane.configuration.SecretReference;
import io.sallyport.controlplane.outward.OutwardTrust;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** E-mail through a submission server (RFC 6409), over TLS always: STARTTLS that must succeed, or TLS from the first byte. */
final class MailReceiver implements Receiver {

    private static final String TIMEOUT_MILLIS = "15000";

    private final String name;
    private final Session session;
    private final InternetAddress from;
    private final InternetAddress[] to;

    /** @param ca PEM file, when the server's certificate is not from a public authority */
    MailReceiver(String name, MailSettings settings, @Nullable Path ca) {
        this.name = name;
        if (settings.host() == null || settings.from() == null || settings.to().isEmpty()) {
            throw new StartFailure("settings: notify " + name + " needs host, from and to below email");
        }
        try {
            this.from = new InternetAddress(settings.from(), /* strict= */ true);
            this.to = InternetAddress.parse(String.join(",", settings.to()), /* strict= */ true);
        } catch (AddressException e) {
            throw new StartFailure("settings: notify " + name + " has an address that is none", e);
        }
        this.session = Session.getInstance(properties(settings, ca), authenticator(name, settings));
    }

    private static Properties properties(MailSettings settings, @Nullable Path ca) {
        String prefix = "mail.smtp.";
        Properties properties = new Properties();
        properties.put(prefix + "host", settings.host());
        properties.put(prefix + "port", String.valueOf(settings.effectivePort()));
        properties.put(prefix + "auth", String.valueOf(settings.user() != null));
        properties.put(prefix + "ssl.enable", String.valueOf(settings.implicitTls()));
        properties.put(prefix + "starttls.required", String.valueOf(!settings.implicitTls()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        for (String each : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.put(prefix + each, TIMEOUT_MILLIS);
        }
        if (ca != null) {
            properties.put(
                    prefix + "ssl.socketFactory", OutwardTrust.context(ca).getSocketFactory());
        }
        return properties;
    }

    private static @Nullable Authenticator authenticator(String name, MailSettings settings) {
        String user = settings.user();
        String reference = settings.password();
        if (user == null) {
            return null;
        }
        if (reference == null) {
            throw new StartFailure("settings: notify " + name + " has a user below email, and no password");
        }
        String password = SecretReference.read(reference, "password of " + name);
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void send(String news, ApprovalView ticket, @Nullable String link, Instant now) throws IOException {
        try {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(from);
            message.setRecipients(Message.RecipientType.TO, to);
            message.setSubject(Wording.subject(news, ticket), StandardCharsets.UTF_8.name());
            message.setText(Wording.mail(news, ticket, link), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(now));
            // One conversation for each ticket.
            message.setHeader("References", "<" + ticket.id().replaceAll("[^A-Za-z0-9.-]", "-") + "@sallyport>");
            Transport.send(message);
        } catch (MessagingException e) {
            throw new IOException(
                    "the mail server did not take it (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
