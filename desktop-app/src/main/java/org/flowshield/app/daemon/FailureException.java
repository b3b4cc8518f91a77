package org.flowshield.app.daemon;

/** Something was not done; says why. */
public final class FailureException extends Exception {

    private final Failure failure;

    public FailureException(Failure failure) {
        super(failure.problem().message());
        this.failure = failure;
    }

    public FailureException(Failure failure, Throwable cause) {
        super(failure.problem().message(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
