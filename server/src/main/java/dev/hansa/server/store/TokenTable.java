package dev.hansa.server.store;

import dev.hansa.wire.Sha256;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Join tokens, known by the SHA-256 of their secrets. */
public final class TokenTable {
    private final Database database;

    public TokenTable(Database database) {
        this.database = database;
    }

    /**
     * Adds a token.
     *
     * @param name what the node will be called; empty for the node to choose
     */
    public void add(Sha256 secret, String name, Instant expires) {
        database.change(handle -> handle.execute("insert into tokens (secret_sha256, name, expires) values (?, ?, ?)",
                secret.hex(), name, expires.toEpochMilli()));
    }

    /** Whether a node has the name, or had it. */
    public boolean taken(String name) {
        return database.read(handle -> NodeTable.exists(handle, name));
    }

    /**
     * Lets a node in, once for each token. The same token and key again change nothing and give the same node.
     *
     * @param wish the node to be; its name is empty if the token tells it
     */
    public Joining join(Sha256 secret, NodeRow wish) {
        if (database.read(handle -> token(handle, secret)).isEmpty()) {
            return new Joining.WrongToken(); // strangers keep nobody waiting who has something to write
        }
        return database.write(handle -> token(handle, secret).map(token -> join(handle, secret, token, wish))
                .orElseGet(Joining.WrongToken::new));
    }

    private static Optional<Token> token(Handle handle, Sha256 secret) {
        return handle.select("select name, expires, used_by from tokens where secret_sha256 = ?", secret.hex())
                .map((row, context) -> new Token(row.getString("name"), Instant.ofEpochMilli(row.getLong("expires")),
                        Optional.ofNullable(row.getString("used_by"))))
                .findFirst();
    }

    private static Joining join(Handle handle, Sha256 secret, Token token, NodeRow wish) {
        if (token.usedBy.isPresent()) {
            NodeRow node = NodeTable.get(handle, token.usedBy.get());
            return node.publicKey().equals(wish.publicKey()) ? new Joining.Joined(node) : new Joining.UsedToken();
        }
        if (!wish.joined().isBefore(token.expires)) {
            return new Joining.ExpiredToken(token.expires);
        }
        String name = token.name.isEmpty() ? wish.name() : token.name;
        if (name.isEmpty()) {
            return new Joining.NameMissing();
        }
        if (NodeTable.exists(handle, name)) {
            return new Joining.NameTaken(name);
        }
        NodeRow node = new NodeRow(name, wish.publicKey(), wish.version(), wish.dataSets(), wish.joined(),
                wish.lastSeen(), false);
        NodeTable.insert(handle, node);
        handle.execute("update tokens set used_by = ? where secret_sha256 = ?", name, secret.hex());
        return new Joining.Joined(node);
    }

    private record Token(String name, Instant expires, Optional<String> usedBy) {}

    /** What becomes of a wish to join. */
    public sealed interface Joining {
        /** The node is in. */
        record Joined(NodeRow node) implements Joining {}

        /** Nobody made such a token. */
        record WrongToken() implements Joining {}

        /** Another key has joined with it. */
        record UsedToken() implements Joining {}

        /** It was good until then. */
        record ExpiredToken(Instant expired) implements Joining {}

        /** Another node is, or was, called so. */
        record NameTaken(String name) implements Joining {}

        /** Neither token nor node tells a name. */
        record NameMissing() implements Joining {}
    }
}
