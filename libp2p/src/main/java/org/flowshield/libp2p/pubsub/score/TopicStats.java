package org.flowshield.libp2p.pubsub.score;

/** What one peer has done in one topic. For one thread. */
final class TopicStats {

    private final TopicScoreParams params;
    private boolean inMesh;
    private long graftedAt;
    private boolean active;
    private double firstDeliveries;
    private double meshDeliveries;
    private double meshFailures;
    private double invalid;

    TopicStats(TopicScoreParams params) {
        this.params = params;
    }

    void grafted(long now) {
        inMesh = true;
        graftedAt = now;
        active = false;
    }

    void pruned() {
        meshFailures += inMesh ? square(deficit()) : 0;
        inMesh = false;
        active = false;
    }

    void firstDelivery() {
        firstDeliveries = Math.min(params.firstDeliveries().cap(), firstDeliveries + 1);
        meshDelivery();
    }

    void meshDelivery() {
        if (inMesh) {
            meshDeliveries = Math.min(params.meshDeliveries().cap(), meshDeliveries + 1);
        }
    }

    void invalidMessage() {
        invalid++;
    }

    /** Leaves nothing good behind: who comes back begins anew, but for what was bad. */
    void left() {
        pruned();
        firstDeliveries = 0;
    }

    private double deficit() {
        double threshold = params.meshDeliveries().threshold();
        return active ? Math.max(0, threshold - meshDeliveries) : 0;
    }

    void decay(long now, double toZero) {
        firstDeliveries = shrink(firstDeliveries, params.firstDeliveries().decay(), toZero);
        meshDeliveries = shrink(meshDeliveries, params.meshDeliveries().decay(), toZero);
        meshFailures = shrink(meshFailures, params.meshFailures().decay(), toZero);
        invalid = shrink(invalid, params.invalidMessages().decay(), toZero);
        active = inMesh && now - graftedAt > params.meshDeliveries().activation().toNanos();
    }

    static double shrink(double counter, double decay, double toZero) {
        double less = counter * decay;
        return less < toZero ? 0 : less;
    }

    double score(long now) {
        double sum = 0;
        if (inMesh) {
            TopicScoreParams.MeshTime time = params.meshTime();
            double quanta = (now - graftedAt) / (double) time.quantum().toNanos();
            sum += time.weight() * Math.min(quanta, time.cap());
        }
        sum += params.firstDeliveries().weight() * firstDeliveries;
        sum += params.meshDeliveries().weight() * square(deficit());
        sum += params.meshFailures().weight() * meshFailures;
        sum += params.invalidMessages().weight() * square(invalid);
        return params.weight() * sum;
    }

    private static double square(double value) {
        return value * value;
    }
}
