package dev.hansa.server.api;

import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One act, as it stands in the audit log.
 *
 * @param number  counts all entries of the log, from 1
 * @param time    by the coordinator's clock, in whole milliseconds
 * @param actor   who did it, such as {@code node:alice}
 * @param act     what was done, such as {@code run.submit}
 * @param subject to what; may be empty
 * @param detail  for people; may be empty
 * @param hash    SHA-256 of this entry and, by its hash, of all before it: see {@link #hashAfter}
 */
public record AuditEntry(long number, Instant time, String actor, String act, String subject, String detail,
        String hash) {
    /** What the first entry has in the place of the hash before it. */
    public static final String BEGINNING = "0".repeat(Sha256.LENGTH_BYTES * 2);
    private static final int MOST_CHARS = 500;

    /** The entry that follows the one of that hash. Line breaks and the like become blanks, long texts are cut. */
    public static AuditEntry after(String hashBefore, long number, Instant time, String actor, String act,
            String subject, String detail) {
        AuditEntry open = new AuditEntry(number, time.truncatedTo(ChronoUnit.MILLIS), line(actor), line(act),
                line(subject), line(detail), "");
        return new AuditEntry(open.number, open.time, open.actor, open.act, open.subject, open.detail,
                open.hashAfter(hashBefore));
    }

    /**
     * What the hash of the entry must be behind that of the one before: SHA-256 in hexadecimal of hash, number, milliseconds
     * since 1970, actor, act, subject and detail, a line each, in UTF-8.
     */
    String hashAfter(String hashBefore) {
        String text = String.join("\n", hashBefore, String.valueOf(number), String.valueOf(time.toEpochMilli()), actor,
                act, subject, detail);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** On one line, of a length that nobody fills a disk with. */
    private static String line(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= MOST_CHARS ? clean : clean.substring(0, MOST_CHARS - 1) + "…";
    }
}
