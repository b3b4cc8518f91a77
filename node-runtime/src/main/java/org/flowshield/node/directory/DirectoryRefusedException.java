package org.flowshield.node.directory;

import java.io.IOException;

/** A fullnode does not answer what it was asked. */
public final class DirectoryRefusedException extends IOException {

    private final DirectoryAnswer.Refused refused;

    DirectoryRefusedException(DirectoryAnswer.Refused refused) {
        super(
                "the fullnode refuses (%s): %s"
                        .formatted(refused.reason(), printable(refused.detail())));
        this.refused = refused;
    }

    /** Its words are a stranger's: nothing in them steers a terminal. */
    private static String printable(String detail) {
        return detail.replaceAll("\\p{Cntrl}", "?");
    }

    public DirectoryAnswer.Refused refused() {
        return refused;
    }
}
