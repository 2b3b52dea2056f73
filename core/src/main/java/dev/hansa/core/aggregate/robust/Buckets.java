package dev.hansa.core.aggregate.robust;

/**
 * The weighted means of buckets of vectors.
 *
 * @param order      the vectors, bucket by bucket; not a copy
 * @param bucketSize of all buckets but the last
 * @param weights    by bucket
 */
record Buckets(Vectors vectors, int[] order, int bucketSize, double[] weights) implements Vectors {

    static Buckets of(Vectors vectors, int bucketSize, int[] order) {
        double[] weights = new double[(order.length - 1) / bucketSize + 1];
        for (int i = 0; i < order.length; i++) {
            weights[i / bucketSize] += vectors.weight(order[i]);
        }
        return new Buckets(vectors, order, bucketSize, weights);
    }

    @Override
    public int count() {
        return weights.length;
    }

    @Override
    public int size() {
        return vectors.size();
    }

    @Override
    public double weight(int bucket) {
        return weights[bucket];
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
    public void add(int bucket, double factor, int begin, int length, double[] sum) {
        for (int i = bucket * bucketSize; i < Math.min(order.length, (bucket + 1) * bucketSize); i++) {
            vectors.add(order[i], factor * vectors.weight(order[i]) / weights[bucket], begin, length, sum);
        }
    }
}
