package org.flowshield.contracts.anvil;

import java.nio.file.Path;
import java.util.Optional;
import org.flowshield.contracts.evm.ChainId;
import org.jspecify.annotations.Nullable;

/**
 * What a development chain is started with. Immutable.
 *
 * @param port 0 for a free one
 * @param blockSeconds how often there is a block; 0 for one with each transaction
 * @param state file that the chain is read from and written to; none to forget it
 */
public record AnvilOptions(ChainId chain, int port, int blockSeconds, @Nullable Path state) {

    private static final ChainId DEVELOPMENT = new ChainId(31337);

    private static final int MAX_PORT = 65535;

    /** A chain that is forgotten, on a free port, with a block for each transaction. */
    public static final AnvilOptions DEFAULT = new AnvilOptions(DEVELOPMENT, 0, 0, null);

    /**
     * @throws IllegalArgumentException if there is no such port or time
     */
    public AnvilOptions {
        if (port < 0 || port > MAX_PORT || blockSeconds < 0) {
            throw new IllegalArgumentException("port " + port + ", blocks of " + blockSeconds);
        }
    }

    public AnvilOptions withState(Path state) {
        return new AnvilOptions(chain, port, blockSeconds, state);
    }

    public AnvilOptions withChain(ChainId chain) {
        return new AnvilOptions(chain, port, blockSeconds, state);
    }

    public AnvilOptions withPort(int port) {
        return new AnvilOptions(chain, port, blockSeconds, state);
    }

    public AnvilOptions withBlockSeconds(int blockSeconds) {
        return new AnvilOptions(chain, port, blockSeconds, state);
    }

    /** Where the chain is kept, if it is. */
    public Optional<Path> stateFile() {
        return Optional.ofNullable(state);
    }
}
