package dev.hansa.server.api;

import java.util.Optional;

/** Goes through an audit log from its first entry, and tells where it is not as it was written. */
public final class AuditChain {
    private long number;
    private String hash = AuditEntry.BEGINNING;

    /** How many entries have held so far: also the number of the last. */
    public long length() {
        return number;
    }

    /** The hash of the last entry that held; of an empty log {@link AuditEntry#BEGINNING}. */
    public String hash() {
        return hash;
    }

    /**
     * Takes the next entry.
     *
     * @return what is wrong with it, for people; then it is not taken
     */
    public Optional<String> add(AuditEntry entry) {
        if (entry.number() != number + 1) {
            return Optional.of("entry " + entry.number() + " stands where entry " + (number + 1)
                    + " should be: entries were removed, added or put in another order");
        }
        String expected = entry.hashAfter(hash);
        if (!expected.equals(entry.hash())) {
            return Optional.of("entry " + entry.number() + " is not what was written: its hash is " + entry.hash()
                    + ", and " + expected + " would be that of what it says, behind the entries before it");
        }
        number = entry.number();
        hash = entry.hash();
        return Optional.empty();
    }
}
