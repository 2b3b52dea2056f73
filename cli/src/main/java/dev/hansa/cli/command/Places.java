package dev.hansa.cli.command;

import dev.hansa.cli.Console;
import java.nio.file.Path;

/** Where things are that nobody named a place for: below {@code .hansa} in the user's folder. */
record Places(Path hansa) {
    static final String COORDINATOR = "~/.hansa/coordinator";
    static final String NODE = "~/.hansa/node, or ~/.hansa/nodes/NAME with --name";

    static Places of(Console console) {
        return new Places(console.home().resolve(".hansa"));
    }

    /** A coordinator's data. */
    Path coordinator() {
        return hansa.resolve("coordinator");
    }

    /** What a coordinator writes into its data for those who operate it. */
    Path operatorToken() {
        return coordinator().resolve("operator.token");
    }

    /** A node's key and what it has under way. */
    Path node() {
        return hansa.resolve("node");
    }

    /** The same for one of several nodes. */
    Path node(String name) {
        return hansa.resolve("nodes").resolve(name);
    }
}
