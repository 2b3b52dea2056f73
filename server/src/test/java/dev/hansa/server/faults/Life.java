package dev.hansa.server.faults;

/** One life of a process, from its start to its crash. */
public final class Life {
    private final String name;
    private boolean over;

    Life(String name) {
        this.name = name;
    }

    /** Whether it has crashed. */
    public boolean isOver() {
        return over;
    }

    /** Its threads end where they are, without another effect on the world. */
    void end() {
        over = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
