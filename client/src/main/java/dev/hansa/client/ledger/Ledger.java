package dev.hansa.client.ledger;

import dev.hansa.client.ledger.Footprint.ChangedException;
import dev.hansa.core.FederationException;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * All that a node has told, in an append-only chain of records.
 *
 * <p>Guarantee: what {@link #append} was given is on the disk when it returns. A record that was changed, taken out, put in
 * or exchanged afterwards fails verification, and so does an older copy if a witness knows of a newer one. Who may write
 * the node's folder, the witness and the coordinator's records can forge all of it. For one thread at a time.
 */
public final class Ledger implements Closeable {
    private final Path file;
    private final RandomAccessFile out;
    private final Optional<Witness> witness;
    private final List<Sha256> hashes = new ArrayList<>();
    private final Map<String, Set<Sha256>> contents = new HashMap<>();
    private final Map<String, Spending> spending = new HashMap<>();
    private final Map<String, Spending> perRow = new HashMap<>();
    private final Map<String, Integer> rounds = new HashMap<>();
    /** By run and data set, as the next three. */
    private final Map<String, Set<DpEvent>> charged = new HashMap<>();
    private final Map<String, Set<Sha256>> answered = new HashMap<>();
    private final Map<String, Set<Sha256>> statistics = new HashMap<>();
    private final Map<String, Integer> updates = new HashMap<>();
    private final Map<String, SortedSet<Integer>> updated = new HashMap<>();
    private final Map<String, Integer> separations = new HashMap<>();
    private long length;
    /** As this process has left the file. */
    private Footprint footprint = Footprint.ofAny(0);
    /** How many records the witness knows of, as far as this process has told it. */
    private int witnessed;

    private Ledger(Path file, RandomAccessFile out, Optional<Path> witness) {
        this.file = file;
        this.out = out;
        this.witness = witness.map(Witness::new);
    }

    /**
     * Opens the ledger, made if need be, after verifying all of it; an end that is no record is cut off and kept beside it.
     *
     * @param witness where a second file is to know how far it goes
     * @param notice  is told what was mended, for the owner
     * @throws LedgerException     if it, or the witness, fails verification
     * @throws FederationException if a file cannot be read or written, the witness too
     */
    public static Ledger open(Path file, Optional<Path> witness, Consumer<String> notice) {
        witness.flatMap(Ledger::problemOfWitness).ifPresent(problem -> {
            throw new FederationException(problem + "; this node does not start without it", false);
        });
        try {
            PrivateFiles.syncName(PrivateFiles.create(file));
            Ledger ledger = new Ledger(file, new RandomAccessFile(file.toFile(), "rw"), witness);
            try {
                ledger.load(notice);
            } catch (RuntimeException | IOException e) {
                ledger.close();
                throw e;
            }
            return ledger;
        } catch (IOException e) {
            throw new FederationException("cannot use the ledger " + file.toAbsolutePath() + ": " + e
                    + "; nothing is told without it", true, e);
        }
    }

    /** Why that file cannot be a ledger's witness, and what to do, for people; empty if nothing shows against it. */
    public static Optional<String> problemOfWitness(Path file) {
        return new Witness(file).problem();
    }

    private void load(Consumer<String> notice) throws IOException {
        LedgerFile found = LedgerFile.read(file, this::note);
        length = found.wholeBytes();
        Optional<LedgerHead> known = witness.flatMap(Witness::head);
        known.ifPresent(head -> require(head, "the witness " + witness.get().file().toAbsolutePath()));
        LedgerEnd end = new LedgerEnd(file, out, hashes.size(), witness.map(Witness::file));
        if (!found.isEnded()) {
            length = end.complete(length);
            notice.accept(end.completed());
        } else if (found.tornBytes() > 0) {
            notice.accept(end.cut(length, found.tornBytes()));
        }
        footprint = look(Footprint.ofAny(length));
        if (witness.isPresent() && head().isPresent() && !known.isPresent()) {
            notice.accept("the witness " + witness.get().file().toAbsolutePath()
                    + " did not know of the ledger, and does from now on: whether the ledger is an old copy, it could not tell."
                    + " If it should have known, stop this node, and see whether its disk is mounted");
        }
        assureWitness();
    }

    private void note(LedgerRecord record) {
        LedgerEntry entry = record.entry();
        hashes.add(record.hash());
        contents.computeIfAbsent(entry.task(), task -> new HashSet<>(1)).add(entry.content());
        spending.put(entry.dataSet(), spending(entry.dataSet(), Unit.DATA_SET).plus(entry.event()));
        perRow.put(entry.dataSet(), spending(entry.dataSet(), Unit.ROW).plus(entry.event(Unit.ROW)));
        String about = about(entry.run(), entry.dataSet());
        charged.computeIfAbsent(about, key -> new HashSet<>(1)).add(entry.event());
        entry.question().ifPresent(
                question -> answered.computeIfAbsent(about, key -> new HashSet<>(1)).add(question));
        if (entry.told() == Told.STATISTICS) {
            statistics.computeIfAbsent(about, key -> new HashSet<>(1)).add(entry.content());
        }
        if (entry.told() == Told.UPDATE) {
            updated.computeIfAbsent(entry.run(), run -> new TreeSet<>()).add(entry.round());
            separations.merge(entry.run(), entry.separation(), Math::max);
            updates.merge(about, 1, Integer::sum);
            rounds.merge(entry.dataSet(), 1, Integer::sum);
        }
    }

    /**
     * Requires that the ledger has come at least so far as somebody else knows.
     *
     * @param who knows it, for people
     * @throws LedgerException if it has not, or holds another record there
     */
    public void require(LedgerHead known, String who) {
        LedgerFile.require(file, hashes, known, who);
    }

    /**
     * What to throw where somebody else knows of another last record: a copy of the node has told it.
     *
     * @param who knows it, for people
     */
    public LedgerException forked(String who) {
        return LedgerException.ofFork(file.toAbsolutePath(), hashes.size(), who);
    }

    /** How far it goes; empty if nothing was told yet. */
    public Optional<LedgerHead> head() {
        return hashes.isEmpty() ? Optional.empty()
                : Optional.of(new LedgerHead(hashes.size(), hashes.get(hashes.size() - 1)));
    }

    /**
     * Whether it is written that the task was answered with this very content: then to send it again tells nothing more.
     *
     * @throws LedgerException     if somebody else has written the file since
     * @throws FederationException if the witness cannot be told of it
     */
    public boolean has(String task, Sha256 content) {
        boolean written = contents.getOrDefault(task, Set.of()).contains(content);
        if (written) {
            requireUntouched();
            assureWitness();
        }
        return written;
    }

    /** Whether those very statistics of the data set were told to the run, in answer to whatever task. */
    public boolean hasTold(String run, String dataSet, Sha256 content) {
        return statistics.getOrDefault(about(run, dataSet), Set.of()).contains(content);
    }

    private static String about(String run, String dataSet) {
        return run + "\n" + dataSet;
    }

    /** Whether that question of the run about the data set was answered, and may be again at no cost. */
    public boolean hasAnswered(String run, String dataSet, Sha256 question) {
        return answered.getOrDefault(about(run, dataSet), Set.of()).contains(question);
    }

    /** How many updates of the data set were told to the run. */
    public int updates(String run, String dataSet) {
        return updates.getOrDefault(about(run, dataSet), 0);
    }

    /** The rounds in which an update was told to the run, from the first. */
    public SortedSet<Integer> rounds(String run) {
        return Collections.unmodifiableSortedSet(updated.getOrDefault(run, new TreeSet<>()));
    }

    /** The longest rest on which a promise of the run counted when it was told an update; 1 for none. */
    public int separation(String run) {
        return separations.getOrDefault(run, 1);
    }

    /** Whether the data set was charged that for the run. */
    public boolean hasCharged(String run, String dataSet, DpEvent event) {
        return charged.getOrDefault(about(run, dataSet), Set.of()).contains(event);
    }

    /** All that was told of the data set, by what it cost all of its rows together, or each of them. */
    public Spending spending(String dataSet, Unit unit) {
        return (unit == Unit.ROW ? perRow : spending).getOrDefault(dataSet, Spending.none());
    }

    /** How many updates were told of the data set. */
    public int updates(String dataSet) {
        return rounds.getOrDefault(dataSet, 0);
    }

    /**
     * Writes what is about to be told; it may be told when this returns, and must not if it fails.
     *
     * @throws LedgerException     if somebody else has written the file, or taken it away
     * @throws FederationException if the disk does not take it, or the witness cannot be told; where that shows before the
     *                             record is written, nothing is
     */
    public LedgerRecord append(LedgerEntry entry) {
        requireUntouched();
        LedgerRecord record = RecordLine.next(hashes.size() + 1L, entry,
                head().map(LedgerHead::hash).orElse(LedgerRecord.NONE));
        byte[] line = (RecordLine.write(record) + "\n").getBytes(StandardCharsets.UTF_8);
        witness.ifPresent(noted -> noted.prepare(record.head())); // else each try would be charged, and tell nothing
        footprint = footprint.unsettled();
        try {
            out.setLength(length); // what could not be taken back before
            out.seek(length);
            out.write(line);
            out.getFD().sync();
            footprint = look(footprint.grown(length + line.length));
        } catch (IOException e) {
            throw notWritten(e);
        }
        length += line.length;
        note(record);
        if (witness.isPresent()) {
            witness.get().take();
            witnessed = hashes.size();
        }
        return record;
    }

    /** A record that went to a file that nobody will read, or on a chain that somebody has cut, would protect nobody. */
    private void requireUntouched() {
        try {
            look(footprint);
        } catch (IOException e) {
            throw new FederationException("the ledger " + file.toAbsolutePath() + " cannot be read: " + e
                    + "; nothing is told until it can", true, e);
        }
    }

    private Footprint look(Footprint expected) throws IOException {
        try {
            return expected.look(file);
        } catch (ChangedException e) {
            throw new LedgerException("the ledger " + file.toAbsolutePath() + " " + e.getMessage());
        }
    }

    /** Lets the witness know of the last record, if it could not be told when that was written. */
    private void assureWitness() {
        if (witness.isPresent() && witnessed < hashes.size()) {
            witness.get().prepare(head().get());
            witness.get().take();
            witnessed = hashes.size();
        }
    }

    /** What came of the line goes: it may be whole, and is not told. */
    private FederationException notWritten(IOException e) {
        FederationException problem = new FederationException("the ledger " + file.toAbsolutePath()
                + " cannot be written: " + e + "; nothing is told until it can. Is the disk full?", true, e);
        try {
            out.setLength(length);
            out.getFD().sync();
        } catch (IOException uncut) {
            problem.addSuppressed(uncut);
        }
        return problem;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new FederationException("the ledger " + file.toAbsolutePath() + " cannot be closed: " + e, true, e);
        }
    }
}
