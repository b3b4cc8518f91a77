package org.flowshield.bench.measure;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A measuring program said something from which no figure can be taken. */
public final class MalformedReportException extends IOException {

    MalformedReportException(String program, @Nullable String what) {
        super("no figure can be taken from what " + program + " reported: " + what);
    }
}
