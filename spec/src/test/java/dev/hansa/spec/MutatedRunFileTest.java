package dev.hansa.spec;

import dev.hansa.spec.document.InvalidSpecException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes the reader fail in any other way than by naming problems. */
class MutatedRunFileTest {
    private static final String[] PIECES =
            {"", " ", "\n", ":", ": ", "- ", "[", "]", "{", "}", ",", "&a ", "*a", "!", "|",
                    ">", "#", "'", "\"", "\\", "\t", "?", "%YAML 9.9\n", "---\n", "...\n", "<<: ", "0", "-1", "1e309",
                    "NaN", "~",
                    "none", "all", "type", "mlp", "\u0000", "\uD800", "\uFEFF", "99999999999", "every", "x"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aMutatedFileIsReadOrRefused(long seed) {
        String reference = RunFileReference.text().replaceAll("(?m)^ *#.*\n", "");
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder(reference);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), at + random.nextInt(6));
                text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
            }
            readOrRefuse(text.toString());
        }
    }

    @Test
    void aTruncatedFileIsReadOrRefused() {
        String reference = RunFileReference.text();
        for (int length = 0; length < reference.length(); length += 7) {
            readOrRefuse(reference.substring(0, length));
        }
    }

    private static void readOrRefuse(String text) {
        try {
            RunFile.parse(text, "run.yaml");
        } catch (InvalidSpecException e) {
            // as it should
        } catch (RuntimeException | Error e) {
            throw new AssertionError("failed on:\n" + text, e);
        }
    }
}
