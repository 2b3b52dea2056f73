package dev.hansa.core.privacy.event;

/**
 * Which two worlds must look alike: what the promise of differential privacy is about. One "participant" is all data of one
 * client.
 */
public enum Adjacency {
    /** One participant takes part, or is not there at all; how many there are is not public. */
    ADD_OR_REMOVE_ONE(1, "add or remove one participant: whether a participant was there at all stays hidden"),
    /** One participant's contribution counts, or is replaced by nothing; how many there are may be public. */
    ZERO_OUT(1, "zero out one participant: who takes part may be known, what a participant contributes stays hidden"),
    /** One participant's data are exchanged for any other data. */
    REPLACE_ONE(2,
            "replace one participant: which data a participant brought stays hidden, who takes part may be known");

    private final int contributions;
    private final String words;

    Adjacency(int contributions, String words) {
        this.contributions = contributions;
        this.words = words;
    }

    /**
     * How far a sum of clipped vectors moves at most between neighbours, in L2: one contribution comes or goes, or one goes and
     * another comes.
     */
    public double sensitivity(double clipNorm) {
        return contributions * Expect.positive("clipNorm", clipNorm, "it is the largest norm that an update may have");
    }

    /** What is promised, for people, to a participant. */
    public String words() {
        return words;
    }

    /** The same of a participant that is called so, a row say. */
    public String words(String participant) {
        return words.replace("participant", participant);
    }
}
