package dev.hansa.client.policy;

import dev.hansa.wire.trust.Author;
import java.util.Optional;

/**
 * Who stands for a task.
 *
 * @param author  who signed the file that it belongs to; empty if nobody is known to have
 * @param problem why not, for people; empty if there is an author
 */
record Standing(Optional<Author> author, String problem) {

    static Standing of(Author author) {
        return new Standing(Optional.of(author), "");
    }

    static Standing nobody(String problem) {
        return new Standing(Optional.empty(), problem);
    }
}
