package io.sallyport.controlplane.configuration;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One receiver of notifications about approvals; exactly one of {@code webhook}, {@code slack} and {@code email}.
 *
 * @param name for messages in the log
 * @param webhook gets JSON with a signature
 * @param secret of the webhook's signature, {@code env:NAME} or {@code file:PATH}
 * @param slack incoming-webhook address of Slack or of what understands the same, {@code env:NAME} or {@code file:PATH}: whoever knows it can
 *     write there
 * @param ca PEM file, when the receiver's certificate is not from a public authority
 */
public record NotifySettings(
        String name,
        @Nullable URI webhook,
        @Nullable String secret,
        @Nullable String slack,
        @Nullable MailSettings email,
        @Nullable Path ca) {}
