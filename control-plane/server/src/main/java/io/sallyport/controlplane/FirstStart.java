package io.sallyport.controlplane;

import io.sallyport.controlplane.people.ApiTokens;
import io.sallyport.controlplane.people.Users;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.secrets.SecretFile;
import io.sallyport.core.policy.BuiltInPolicies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a new control plane gets, each unless it is there: a directory, a policy, an administrator. */
final class FirstStart {

    private static final String FIRST_USER = "admin";

    /** @throws StartFailure when it cannot be made or written to */
    static void directory(Path data) {
        try {
            SecretFile.directory(data);
        } catch (IOException e) {
            throw new StartFailure(
                    "the data directory " + data + " cannot be made ("
                            + e.getClass().getSimpleName() + "); choose one with --data that this user may write",
                    e);
        }
        if (!Files.isWritable(data)) {
            throw new StartFailure(
                    "the data directory " + data + " is not writable; change its owner, or choose another --data");
        }
    }

    /** @param file what the operator brings; {@code null}: the built-in one, which observes */
    static void policy(@Nullable Path file, Policies policies) {
        try {
            if (file == null) {
                policies.initialise(BuiltInPolicies.yaml("starter"), "Built-in starter policy");
            } else {
                policies.initialise(
                        Files.readString(file, StandardCharsets.UTF_8),
                        "From " + file.getFileName() + " at first start");
            }
        } catch (IOException e) {
            throw new StartFailure("the policy file " + file + " cannot be read; check --policy", e);
        } catch (Problem e) {
            throw new StartFailure((file == null ? "built-in policy" : file) + ": " + e.getMessage(), e);
        }
    }

    /** The way in, left in two files for the operator. */
    static void administrator(Path data, Users users, ApiTokens tokens) {
        if (!users.isEmpty()) {
            return;
        }
        try {
            Users.Created admin = users.createFirst(FIRST_USER);
            SecretFile.write(data.resolve("admin-password"), admin.password() + "\n");
            SecretFile.write(
                    data.resolve("admin-token"), tokens.createFirst(FIRST_USER).token() + "\n");
        } catch (IOException e) {
            throw new StartFailure("the first administrator's password cannot be written to " + data, e);
        }
    }

    private FirstStart() {}
}
