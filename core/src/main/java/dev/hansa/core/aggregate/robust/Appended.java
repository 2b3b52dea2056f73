package dev.hansa.core.aggregate.robust;

/** Vectors and one more, which is the last. */
record Appended(Vectors vectors, Vectors last) implements Vectors {

    @Override
    public int count() {
        return vectors.count() + 1;
    }

    @Override
    public int size() {
        return vectors.size();
    }

    @Override
    public double weight(int vector) {
        return vector < vectors.count() ? vectors.weight(vector) : last.weight(0);
    }

    @Override
    public boolean isCostly() {
        return vectors.isCostly();
    }

    @Override
    public int blockSize() {
        return vectors.blockSize();
    }

    @Override
    public void add(int vector, double factor, int begin, int length, double[] sum) {
        if (vector < vectors.count()) {
            vectors.add(vector, factor, begin, length, sum);
        } else {
            last.add(0, factor, begin, length, sum);
        }
    }
}
