package dev.hansa.server.run;

import java.security.SecureRandom;

/** Makes ids of runs: the name, for people, and six random letters or digits. */
final class RunIds {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int RANDOM_LETTERS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunIds() {}

    static String of(String name) {
        StringBuilder id = new StringBuilder(name).append('-');
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            id.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
        return id.toString();
    }
}
