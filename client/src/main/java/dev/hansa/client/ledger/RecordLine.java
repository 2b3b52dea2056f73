package dev.hansa.client.ledger;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hansa.client.ledger.LedgerEntry.PerRow;
import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A record as a line of the file: a JSON object whose last key, {@code hash}, is the SHA-256 of the object without it. */
final class RecordLine {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    private static final String HASH = ",\"hash\":\"";
    /** Where a single row pays what all of them do there is no such key. */
    private static final String ROW = "row";
    /** Of what nobody has signed there is no such key. */
    private static final String SIGNER = "signer";
    /** Of a run that may ask in any round there is no such key. */
    private static final String SEPARATION = "separation";
    /** Of what costs as much when it is asked again there is no such key. */
    private static final String QUESTION = "question";
    private static final String END = "\"}";
    private static final int TAIL = HASH.length() + 2 * Sha256.LENGTH_BYTES + END.length();

    private RecordLine() {}

    /** The record that follows on the previous one. */
    static LedgerRecord next(long sequence, LedgerEntry entry, Sha256 previous) {
        return new LedgerRecord(sequence, entry, previous, hash(body(sequence, entry, previous)));
    }

    /** Without a line break. */
    static String write(LedgerRecord record) {
        String body = body(record.sequence(), record.entry(), record.previous());
        return body.substring(0, body.length() - 1) + HASH + record.hash().hex() + END;
    }

    /**
     * The record.
     *
     * @param sequence that it must have
     * @param previous hash of the record before
     * @throws IllegalArgumentException if it is not what was written there; the message begins with a verb
     */
    static LedgerRecord read(String line, long sequence, Sha256 previous) {
        int tail = line.length() - TAIL;
        if (tail < 0 || !line.startsWith(HASH, tail) || !line.endsWith(END)) {
            throw new IllegalArgumentException("is no record: it does not end in its hash");
        }
        String body = line.substring(0, tail) + "}";
        Sha256 hash = Sha256.parse(line.substring(tail + HASH.length(), line.length() - END.length()));
        Sha256 found = hash(body);
        if (!found.equals(hash)) {
            throw new IllegalArgumentException("was changed after it was written: its content has the SHA-256 "
                    + shown(found) + ", and it says " + shown(hash));
        }
        JsonObject json = JsonParser.parseString(body).getAsJsonObject();
        long number = json.get("sequence").getAsLong();
        if (number != sequence) {
            throw new IllegalArgumentException("has the number " + number + ", expected " + sequence
                    + ": records were taken out, put in, or exchanged");
        }
        Sha256 before = Sha256.parse(json.get("previous").getAsString());
        if (!before.equals(previous)) {
            throw new IllegalArgumentException("follows a record with the hash " + shown(before)
                    + ", and the one before it has " + shown(previous) + ": one of them was exchanged");
        }
        return new LedgerRecord(sequence, entry(json), previous, hash);
    }

    private static LedgerEntry entry(JsonObject json) {
        return new LedgerEntry(Instant.parse(text(json, "time")), text(json, "run"), json.get("round").getAsInt(),
                text(json, "task"), text(json, "dataSet"), Told.valueOf(text(json, "told").toUpperCase(Locale.ROOT)),
                EventJson.read(json.getAsJsonObject("event")), epsilon(json),
                json.get("delta").getAsDouble(), Sha256.parse(text(json, "content")),
                json.has(SIGNER) ? Optional.of(text(json, SIGNER)) : Optional.empty(),
                json.has(ROW) ? Optional.of(perRow(json.getAsJsonObject(ROW))) : Optional.empty(),
                json.has(SEPARATION) ? json.get(SEPARATION).getAsInt() : 1,
                json.has(QUESTION) ? Optional.of(Sha256.parse(text(json, QUESTION))) : Optional.empty());
    }

    private static PerRow perRow(JsonObject json) {
        return new PerRow(EventJson.read(json.getAsJsonObject("event")), epsilon(json));
    }

    private static double epsilon(JsonObject json) {
        JsonElement epsilon = json.get("epsilon");
        return epsilon.isJsonNull() ? Double.POSITIVE_INFINITY : epsilon.getAsDouble();
    }

    private static void addEpsilon(JsonObject json, double epsilon) {
        if (Double.isInfinite(epsilon)) {
            json.add("epsilon", JsonNull.INSTANCE);
        } else {
            json.addProperty("epsilon", epsilon);
        }
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private static String body(long sequence, LedgerEntry entry, Sha256 previous) {
        JsonObject json = new JsonObject();
        json.addProperty("sequence", sequence);
        json.addProperty("time", entry.time().toString());
        json.addProperty("run", entry.run());
        json.addProperty("round", entry.round());
        json.addProperty("task", entry.task());
        json.addProperty("dataSet", entry.dataSet());
        json.addProperty("told", entry.told().name().toLowerCase(Locale.ROOT));
        json.add("event", EventJson.write(entry.event()));
        addEpsilon(json, entry.epsilon());
        json.addProperty("delta", entry.delta());
        json.addProperty("content", entry.content().hex());
        entry.row().ifPresent(row -> {
            JsonObject each = new JsonObject();
            each.add("event", EventJson.write(row.event()));
            addEpsilon(each, row.epsilon());
            json.add(ROW, each);
        });
        entry.signer().ifPresent(signer -> json.addProperty(SIGNER, signer));
        if (entry.separation() > 1) {
            json.addProperty(SEPARATION, entry.separation());
        }
        entry.question().ifPresent(question -> json.addProperty(QUESTION, question.hex()));
        json.addProperty("previous", previous.hex());
        return GSON.toJson(json);
    }

    private static Sha256 hash(String body) {
        return Sha256.of(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(Sha256 hash) {
        return hash.hex().substring(0, 12) + "…";
    }
}
