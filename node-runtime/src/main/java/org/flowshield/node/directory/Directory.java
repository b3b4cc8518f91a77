package org.flowshield.node.directory;

import java.io.IOException;

/** Who answers about the market. Safe for use by any thread. */
public interface Directory {

    /**
     * Answers; a refusal is an answer, too.
     *
     * @throws IOException if what it knows can't be read
     */
    DirectoryAnswer answer(DirectoryRequest request) throws IOException, InterruptedException;
}
