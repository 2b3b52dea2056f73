package dev.hansa.server.trust;

import dev.hansa.core.FederationException;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to operate this coordinator, kept in a file that only its owner may read. Its secret is made at the first
 * start and stays; the address in it is where the coordinator was started last.
 */
public final class OperatorToken {
    private final Path file;
    private final Token token;

    private OperatorToken(Path file, Token token) {
        this.file = file;
        this.token = token;
    }

    /** The token in the file, made if there is none, brought up to date with where the coordinator is. */
    public static OperatorToken open(Path file, URI address, Sha256 fingerprint) {
        try {
            Secret secret = Files.exists(file)
                    ? Token.parse(Token.Kind.OPERATOR, Files.readString(file, StandardCharsets.US_ASCII)).secret()
                    : Secret.random();
            Token token = new Token(Token.Kind.OPERATOR, address, fingerprint, secret);
            PrivateFiles.replace(file, (token.reveal() + "\n").getBytes(StandardCharsets.US_ASCII));
            return new OperatorToken(file, token);
        } catch (IOException e) {
            throw new FederationException("cannot read or write the operator's token in " + file + ": " + e.getMessage()
                    + "; is there room on the disk, and may this user write there?", true, e);
        } catch (IllegalArgumentException e) {
            throw new FederationException("cannot use the operator's token in " + file + ": " + e.getMessage()
                    + "; delete the file to have a new token made", false, e);
        }
    }

    /** Where the coordinator of the token in the file was started last; empty if there is none that can be read. */
    public static Optional<URI> lastAddress(Path file) {
        try {
            return Optional.of(
                    Token.parse(Token.Kind.OPERATOR, Files.readString(file, StandardCharsets.US_ASCII)).address());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where it is kept. */
    public Path file() {
        return file;
    }

    /** The token. */
    public Token token() {
        return token;
    }

    /** Whether it is the token's secret. */
    boolean allows(Secret secret) {
        return token.secret().equals(secret);
    }
}
