package dev.hansa.cli.policy;

import dev.hansa.cli.CommandException;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a node's ledger was kept within a policy's budget, so that nobody spends that by leaving out {@code --policy}: a file
 * in the node's folder names the policy, from when the node starts with one that has a budget until it starts with one that
 * has none.
 *
 * @param file that says so
 */
public record KeptBudget(Path file) {

    /** Of the node in that folder, which need not be there. */
    public static KeptBudget of(Path folder) {
        return new KeptBudget(folder.resolve("budget-of"));
    }

    /**
     * Requires a policy where one with a budget was kept.
     *
     * @param given whether there is one now, or the owner does without in so many words
     */
    public void require(boolean given) {
        policy().filter(kept -> !given).ifPresent(kept -> {
            throw CommandException.usage("this node was kept within the budget of the policy " + kept
                    + ", and no --policy is given: every run would train on its rows now and spend that budget, for good."
                    + " Start it with --policy " + kept + ", or with --no-policy if that is what you want");
        });
    }

    private Optional<String> policy() {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw cannot("read", e);
        }
    }

    /** From now on the node is kept within this policy. */
    public void keep(Path policy, PolicyFile rules) {
        try {
            if (rules.policy().data().values().stream().map(DataPolicy::budget).anyMatch(Optional::isPresent)) {
                PrivateFiles.replace(file, (policy.toAbsolutePath() + "\n").getBytes(StandardCharsets.UTF_8));
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw cannot("write", e);
        }
    }

    private CommandException cannot(String what, IOException cause) {
        return CommandException.usage("cannot " + what + " " + file.toAbsolutePath()
                + ", which says whether this node is kept within a budget: " + cause);
    }
}
