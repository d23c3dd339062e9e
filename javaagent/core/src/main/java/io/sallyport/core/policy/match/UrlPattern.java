package io.sallyport.core.policy.match;

import io.sallyport.core.command.Target;

/** A JDBC URL without a server part, such as {@code jdbc:h2:mem:*} or {@code jdbc:sqlite:*}, compared as a whole. */
record UrlPattern(Glob url) implements TargetPattern {

    @Override
    public Target.Protocol protocol() {
        return Target.Protocol.JDBC;
    }

    @Override
    public boolean matches(Target target) {
        return target.protocol() == Target.Protocol.JDBC && url.matches(target.url());
    }

    @Override
    public boolean matchesWholly(Target target) {
        return matches(target);
    }

    @Override
    public int specificity() {
        return url.literals();
    }
}
