package org.flowshield.contracts.chain;

/** The chain does not do what it was asked; nothing has changed on it. */
public final class RejectedException extends Exception {

    private final Rejection rejection;

    public RejectedException(Rejection rejection) {
        super(rejection.message());
        this.rejection = rejection;
    }

    public RejectedException(Rejection.Kind kind, String message) {
        this(new Rejection(kind, message));
    }

    public Rejection rejection() {
        return rejection;
    }
}
