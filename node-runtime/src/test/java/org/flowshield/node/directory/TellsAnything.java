package org.flowshield.node.directory;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;

/** A fullnode's side of the protocol that says what a test wants, whatever that is worth. */
public record TellsAnything(Function<DirectoryRequest, DirectoryAnswer> says)
        implements ProtocolBinding {

    @Override
    public List<ProtocolId> ids() {
        return List.of(DirectoryProtocol.ID);
    }

    @Override
    public void accept(Stream stream) throws IOException {
        try {
            DirectoryRequest request =
                    DirectoryWire.parseRequest(
                            DirectoryProtocol.read(stream.input(), DirectoryProtocol.MAX_REQUEST));
            stream.output()
                    .write(DirectoryProtocol.framed(DirectoryWire.encode(says.apply(request))));
            stream.output().flush();
        } catch (MalformedDirectoryException e) {
            throw new IOException(e);
        }
    }
}
