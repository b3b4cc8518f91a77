package org.flowshield.app.system;

import java.nio.file.Path;
import java.util.Optional;

/** Lets a person choose a file. For the FX thread, which goes on drawing meanwhile. */
public interface FilePicker {

    /** A file to be written. */
    Optional<Path> save(String title, String suggestedName);

    /** A file to be read. */
    Optional<Path> open(String title);
}
