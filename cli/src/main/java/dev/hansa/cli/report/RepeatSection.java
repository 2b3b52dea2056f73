package dev.hansa.cli.report;

/** The exact run file, the versions, and the command that does it again. */
final class RepeatSection {

    private static final String SAME = "The same run file and seed on the same data give the same model, bit by bit";
    private static final String AS_LONG = ", as long as the same nodes answer and none runs out of time";

    private RepeatSection() {}

    private static String promise(RunResult result) {
        if (result.spec().strategy().buffering().isPresent() && result.spec().privacy().isEmpty()) {
            return SAME + ", in a simulation. Over a network a run without rounds depends on who is faster: it gives"
                    + " another model each time.";
        }
        if (result.spec().privacy().isEmpty()) {
            return SAME + ", over a network as well as in a simulation" + AS_LONG + ".";
        }
        return result.setting().simulated()
                ? SAME + ", in a simulation, whose noise and draws come from the seed. Over a network they are drawn anew"
                        + " by chance that nobody knows: a run there gives another model, as good or bad only on"
                        + " average."
                : "The same command does not give the same model again: noise, and draws where the promise counts on"
                        + " them, come from chance that nobody knows, which is what the promise rests on. A simulation"
                        + " of the run file takes both from its seed, and can be repeated.";
    }

    static Tag of(RunResult result) {
        return Tag.of("section").add(Tag.of("h2", "How to repeat it"),
                Tag.of("pre").style("command").add(Tag.of("code", result.setting().repeat())),
                Tag.of("p", promise(result)),
                Tag.of("h3", "The run file"), Tag.of("pre").add(Tag.of("code", result.specText())),
                Tag.of("p", "Hansa " + result.setting().version() + ", Java " + Runtime.version().feature() + ".")
                        .style("quiet"));
    }
}
