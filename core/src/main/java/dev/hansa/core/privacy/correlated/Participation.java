package dev.hansa.core.privacy.correlated;

/**
 * How often a client takes part at most. It is a part of what is promised: whoever draws clients, and each client for
 * itself, has to keep to it.
 *
 * @param times      at least 1
 * @param separation from one round of a client to its next, in rounds; at least 1
 */
public record Participation(int times, int separation) {

    public Participation {
        if (times < 1) {
            throw new IllegalArgumentException("times is " + times + ", expected at least 1");
        }
        if (separation < 1) {
            throw new IllegalArgumentException("separation is " + separation + ", expected at least 1");
        }
    }

    /** The most often that a client can take part in so many rounds, if it rests for the separation each time. */
    public static Participation inAll(int rounds, int separation) {
        return new Participation((rounds - 1) / separation + 1, separation);
    }

    /**
     * How far one client whose updates have norms of at most 1 can move what is released before noise, in the Euclidean
     * norm: {@code ‖Σ_j shift(c, j separation)‖} over its rounds. Exact for coefficients that are not negative and do not
     * grow: Choquette-Choo et al., <i>(Amplified) Banded Matrix Factorization</i>, NeurIPS 2023, section 3.
     *
     * @throws IllegalArgumentException if a coefficient is negative, or larger than the one before
     */
    public double sensitivity(Toeplitz matrix, int rounds) {
        double[] c = matrix.coefficients(rounds);
        for (int i = 1; i < rounds; i++) {
            if (!(c[i] >= 0 && c[i] <= c[i - 1])) {
                throw new IllegalArgumentException("coefficient " + i + " is " + c[i] + " after " + c[i - 1]
                        + ", expected from 0 to the one before");
            }
        }
        double[] sums = new double[rounds]; // of each row over the client's rounds
        double squares = 0;
        long reach = (long) times * separation;
        for (int row = 0; row < rounds; row++) {
            sums[row] = c[row] + (row >= separation ? sums[row - separation] : 0)
                    - (row >= reach ? c[(int) (row - reach)] : 0);
            squares += sums[row] * sums[row];
        }
        return Math.sqrt(squares);
    }
}
