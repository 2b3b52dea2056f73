package dev.hansa.server.trust;

import dev.hansa.server.api.AccessRequest;
import dev.hansa.server.api.AccessView;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.Role;
import dev.hansa.server.api.TokenView;
import dev.hansa.server.store.AccessTable;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: the owner of the data directory everything, by the {@link OperatorToken}, others what an admin gave them,
 * until it expires or is revoked.
 */
public final class AccessTokens {
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String SCHEME = "Bearer ";
    /** As the audit log calls who has the token of the data directory; nobody else is called so. */
    private static final String OWNER = "operator";

    private final AccessTable table;
    private final OperatorToken owner;
    private final Clock clock;

    public AccessTokens(AccessTable table, OperatorToken owner, Clock clock) {
        this.table = table;
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * Whose the value of the header {@code Authorization} is.
     *
     * @throws RejectedException {@code wrong-token} if nobody's, {@code expired-token} if it was somebody's
     */
    public Person person(@Nullable String authorization) {
        Secret secret = secret(authorization).orElseThrow(AccessTokens::wrong);
        if (owner.allows(secret)) {
            return new Person(OWNER, Role.ADMIN);
        }
        AccessView access = table.find(secret.sha256()).orElseThrow(AccessTokens::wrong);
        if (access.revoked().isPresent()) {
            throw new RejectedException(ErrorCode.EXPIRED_TOKEN,
                    "the token of " + access.name() + " was revoked at " + access.revoked().get());
        }
        if (!clock.instant().isBefore(access.expires())) {
            throw new RejectedException(ErrorCode.EXPIRED_TOKEN, "the token of " + access.name() + " was good until "
                    + access.expires() + "; ask an admin of the coordinator for a new one");
        }
        return new Person(access.name(), access.role());
    }

    private static Optional<Secret> secret(@Nullable String authorization) {
        String header = Objects.requireNonNullElse(authorization, "");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Secret.parse(header.substring(SCHEME.length()).strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static RejectedException wrong() {
        return new RejectedException(ErrorCode.WRONG_TOKEN,
                "this call needs an access token of this coordinator, or the"
                        + " operator's, which the coordinator keeps in its data directory");
    }

    /**
     * A new token.
     *
     * @throws RejectedException if somebody has, or had, the name, or it cannot be one
     */
    public TokenView create(AccessRequest request) {
        Duration valid = request.validForSeconds().map(Duration::ofSeconds).orElse(USUAL);
        if (!valid.isPositive() || valid.compareTo(LONGEST) > 0) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "validForSeconds is " + valid.toSeconds()
                    + ", expected from 1 to " + LONGEST.toSeconds());
        }
        if (!NAME.matcher(request.name()).matches()) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "nobody can be called \"" + request.name()
                    + "\", expected 1 to 63 letters, digits, '.', '_' or '-', the first a letter or digit");
        }
        Secret secret = Secret.random();
        Instant now = clock.instant();
        Instant expires = now.plus(valid);
        if (request.name().equals(OWNER) || !table.add(secret.sha256(),
                new AccessView(request.name(), request.role(), now, expires, Optional.empty()))) {
            throw new RejectedException(ErrorCode.NAME_TAKEN, "somebody else is, or was, called " + request.name()
                    + "; the audit log would not tell them apart: choose another name");
        }
        Token here = owner.token();
        return new TokenView(new Token(Token.Kind.ACCESS, here.address(), here.fingerprint(), secret).reveal(),
                expires);
    }

    /** All that were ever given. */
    public List<AccessView> all() {
        return table.all();
    }

    /**
     * Ends what was given to somebody, at once.
     *
     * @throws RejectedException if nobody is called so
     */
    public void revoke(String name) {
        if (!table.revoke(name, clock.instant())) {
            throw new RejectedException(ErrorCode.NOT_FOUND, "nobody was given access by the name " + name);
        }
    }
}
