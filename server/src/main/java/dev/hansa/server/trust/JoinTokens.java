package dev.hansa.server.trust;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.server.api.TokenView;
import dev.hansa.server.store.NodeRow;
import dev.hansa.server.store.TokenTable;
import dev.hansa.server.store.TokenTable.Joining;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Tokens that let nodes in, one each. Only the SHA-256 of a secret is kept; since that is what is looked up, the time it
 * takes tells nothing about a secret.
 */
public final class JoinTokens {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final TokenTable table;
    private final URI address;
    private final Sha256 fingerprint;
    private final Clock clock;

    public JoinTokens(TokenTable table, URI address, Sha256 fingerprint, Clock clock) {
        this.table = table;
        this.address = address;
        this.fingerprint = fingerprint;
        this.clock = clock;
    }

    /**
     * A new token.
     *
     * @throws RejectedException if nobody could join with it, as when the name is a node's already
     */
    public TokenView create(TokenRequest request) {
        Duration valid = request.validForSeconds().map(Duration::ofSeconds).orElse(USUAL);
        if (!valid.isPositive() || valid.compareTo(LONGEST) > 0) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "validForSeconds is " + valid.toSeconds()
                    + ", expected from 1 to " + LONGEST.toSeconds());
        }
        request.name().ifPresent(this::requireFree);
        Secret secret = Secret.random();
        Instant expires = clock.instant().plus(valid);
        table.add(secret.sha256(), request.name().orElse(""), expires);
        return new TokenView(new Token(Token.Kind.JOIN, address, fingerprint, secret).reveal(), expires);
    }

    /**
     * Lets a node in.
     *
     * @param wish the node to be; its name may be empty
     * @return the node as it is called from now on
     */
    public NodeRow join(Secret secret, NodeRow wish) {
        if (!wish.name().isEmpty()) {
            requireName(wish.name());
        }
        return switch (table.join(secret.sha256(), wish)) {
            case Joining.Joined joined -> joined.node();
            case Joining.WrongToken wrong -> throw new RejectedException(ErrorCode.WRONG_TOKEN,
                    "this coordinator made no such token");
            case Joining.UsedToken used -> throw new RejectedException(ErrorCode.USED_TOKEN,
                    "a node has joined with this token already");
            case Joining.ExpiredToken expired -> throw new RejectedException(ErrorCode.EXPIRED_TOKEN,
                    "the token was good until " + expired.expired());
            case Joining.NameTaken taken -> throw new RejectedException(ErrorCode.NAME_TAKEN,
                    "another node is, or was, called " + taken.name());
            case Joining.NameMissing missing -> throw new RejectedException(ErrorCode.BAD_REQUEST,
                    "the token does not name the node; choose a name");
        };
    }

    private void requireFree(String name) {
        requireName(name);
        if (table.taken(name)) {
            throw new RejectedException(ErrorCode.NAME_TAKEN, "another node is, or was, called " + name
                    + "; choose another name");
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "a node cannot be called \"" + name
                    + "\", expected 1 to 63 letters, digits, '.', '_' or '-', the first a letter or digit");
        }
    }
}
