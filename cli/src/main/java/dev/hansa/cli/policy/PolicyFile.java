package dev.hansa.cli.policy;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.live.Format;
import dev.hansa.client.data.CsvSource;
import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.client.policy.Hours;
import dev.hansa.client.policy.Policy;
import dev.hansa.client.policy.Trust;
import dev.hansa.core.FederationException;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Problem;
import dev.hansa.spec.document.Reference;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import dev.hansa.spec.document.TextFile;
import dev.hansa.spec.document.Type;
import dev.hansa.spec.document.Value;
import dev.hansa.spec.document.YamlText;
import dev.hansa.wire.trust.Author;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A policy file.
 *
 * @param witness  where the ledger's end is to be noted, too; empty for nowhere
 * @param warnings of what it allows, and hardly anybody means to allow
 */
public record PolicyFile(Policy policy, Optional<Path> witness, List<Problem> warnings) {
    private static final String INTRODUCTION = """
            What a data owner lets a node do: every key that a policy.yaml may have, what it means,
            what may stand there, and its default. A key with a default may be left out. A policy
            is one YAML document of at most 1 MiB in UTF-8.""";

    private static final Type<String> TIME = Scalars.text("a time of the day such as \"22:30\"",
            text -> text.matches("([01][0-9]|2[0-3]):[0-5][0-9]"));
    private static final Type<String> ZONE = Scalars.text("a time zone such as Europe/Berlin", PolicyFile::isZone);
    private static final Type<String> COORDINATOR = Scalars.text(
            "an address such as https://example.org:8443, or a fingerprint of 64 digits 0-9 and a-f",
            text -> text.matches("https://[^/\\s]+|[0-9a-f]{64}"));

    private static final Key<String> HANSA =
            Key.required("hansa", Scalars.words("1"), "1", "The version of this format.");
    private static final Key<Optional<List<String>>> COORDINATORS = Key.optional("coordinators",
            new AnyOr<>(new Items<>(COORDINATOR, 1, 1000, true)), AnyOr.ANY,
            "That this node may belong to, by address or by the fingerprint of their authority.");
    private static final Key<Optional<List<Author>>> SIGNERS = Key.optional("signers",
            new AnyOr<>(new Items<>(new AuthorKey(), 1, 1000, true)), AnyOr.ANY,
            "By one of whom the file of a run, or of statistics, must be signed (hansa run --sign). Any: also by nobody.");
    private static final Key<Entries> RUNS = Key.optional("runs", new Section(SIGNERS), "{}", "");
    private static final Key<String> TRUST = Key.optional("trust", Scalars.words("nobody", "coordinator", "everybody"),
            "nobody",
            "Whose word counts for noise that the node does not add itself and cannot see. nobody: only what this node adds."
                    + " coordinator: also what the coordinator promises to add. everybody: also the shares that the other"
                    + " nodes are to add (privacy: distributed), and that the coordinator looks at their sum alone.");
    private static final Key<String> FROM = Key.required("from", TIME, "\"22:00\"", "");
    private static final Key<String> TO = Key.required("to", TIME, "\"06:00\"", "");
    private static final Key<String> IN = Key.required("zone", ZONE, "Europe/Berlin", "");
    private static final Key<Choice> HOURS = Key.optional("hours",
            new Alternatives(Form.word("always"), Form.keyed("from", FROM, TO, IN)), "always",
            "When tasks may be done; they may go over midnight.");
    private static final String WITNESS_KEY = "witness";
    private static final Key<String> WITNESS = Key.optional(WITNESS_KEY, Scalars.text(4000), "\"\"",
            "A file elsewhere that notes how far the ledger goes, so that an old copy is noticed.");
    private static final Key<Map<String, DataPolicy>> DATA = Key.required("data", new DataRules(), "{default: {}}",
            "What may be done with each data set; one that is not here is refused.");
    private static final Section POLICY = new Section(HANSA, COORDINATORS, RUNS, TRUST, HOURS, WITNESS, DATA);

    private static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * Reads the file.
     *
     * @throws InvalidSpecException naming all that is wrong with it
     * @throws FederationException         if there is no such file or it cannot be read
     */
    public static PolicyFile read(Path file) {
        return parse(TextFile.read(file, "policy file"), file.toString());
    }

    /**
     * The same on the machine of its node: also that its witness can be written, and that it suits what the node serves.
     *
     * @param served  by name; empty if that is not known
     * @param witness whether its witness is the node's
     */
    public static PolicyFile read(Path file, Map<String, CsvSource> served, boolean witness) {
        return parse(TextFile.read(file, "policy file"), file.toString(), (policy, document) -> {
            policy.witness().filter(own -> witness).flatMap(Ledger::problemOfWitness)
                    .ifPresent(document.at(WITNESS_KEY)::problem);
            if (!served.isEmpty()) {
                new ServedData(served).hold(policy.policy(), document);
            }
        });
    }

    /**
     * Reads the text.
     *
     * @param name of the file, for messages
     * @throws InvalidSpecException naming all that is wrong with it
     */
    public static PolicyFile parse(String text, String name) {
        return parse(text, name, (policy, document) -> {});
    }

    private static PolicyFile parse(String text, String name, BiConsumer<PolicyFile, Value> also) {
        Value document = YamlText.parse(text, name);
        Optional<Entries> read = POLICY.read(document);
        read.flatMap(entries -> entries.find(HOURS)).filter(hours -> hours.entries().isWhole())
                .filter(hours -> hours.form().equals("from")
                        && hours.entries().get(FROM).equals(hours.entries().get(TO)))
                .ifPresent(hours -> hours.entries().at(TO)
                        .problem("found the same time as from, expected another; or hours: always"));
        document.throwProblems();
        PolicyFile policy = of(read.orElseThrow());
        also.accept(policy, document);
        document.throwProblems();
        return new PolicyFile(policy.policy(), policy.witness(), List.copyOf(document.warnings()));
    }

    private static PolicyFile of(Entries entries) {
        String witness = entries.get(WITNESS);
        return new PolicyFile(
                new Policy(entries.get(COORDINATORS).orElse(List.of()),
                        Set.copyOf(entries.get(RUNS).get(SIGNERS).orElse(List.of())),
                        Trust.valueOf(entries.get(TRUST).toUpperCase(Locale.ROOT)),
                        hours(entries.get(HOURS)), entries.get(DATA)),
                witness.isEmpty() ? Optional.empty() : Optional.of(Path.of(witness)), List.of());
    }

    private static Optional<Hours> hours(Choice choice) {
        Entries hours = choice.entries();
        return choice.form().equals("always") ? Optional.empty()
                : Optional.of(new Hours(LocalTime.parse(hours.get(FROM)), LocalTime.parse(hours.get(TO)),
                        ZoneId.of(hours.get(IN))));
    }

    /**
     * Reads the file that a command was given.
     *
     * @throws CommandException if that is the user's mistake
     */
    public static PolicyFile forCommand(Path file) {
        return forCommand(() -> read(file));
    }

    /**
     * The same on the machine of its node.
     *
     * @param served  by name
     * @param witness whether its witness is the node's
     */
    public static PolicyFile forNode(Path file, Map<String, CsvSource> served, boolean witness) {
        return forCommand(() -> read(file, served, witness));
    }

    private static PolicyFile forCommand(Supplier<PolicyFile> read) {
        try {
            return read.get();
        } catch (InvalidSpecException e) {
            throw CommandException.usage("the policy has " + Format.count(e.problems().size(), "problem") + ":\n"
                    + e.getMessage());
        } catch (FederationException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** A policy with every key and its explanation; itself a policy without problems. */
    public static String reference() {
        return Reference.of(POLICY, INTRODUCTION);
    }

    /** What it says, for people, a line each. */
    public List<String> words() {
        return Stream.concat(PolicyWords.of(policy, witness).stream(), policy.data().entrySet().stream()
                .map(entry -> PolicyWords.of(entry.getKey(), entry.getValue()))).toList();
    }
}
