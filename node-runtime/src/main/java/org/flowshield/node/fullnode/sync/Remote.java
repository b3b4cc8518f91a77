package org.flowshield.node.fullnode.sync;

import java.io.IOException;
import java.util.List;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.directory.DirectoryClient;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeKey;

/** Another fullnode, of whom nothing is believed. */
public interface Remote {

    /** What it says that it knows below some prefixes, in their order. */
    List<Branch> compare(List<Prefix> prefixes) throws IOException, InterruptedException;

    /** The records of some nodes as it tells them. */
    List<Told> fetch(List<NodeKey> nodes) throws IOException, InterruptedException;

    /** One that is asked over a connection. */
    static Remote of(DirectoryClient client) {
        return new Remote() {
            @Override
            public List<Branch> compare(List<Prefix> prefixes) throws IOException {
                return client.compare(prefixes);
            }

            @Override
            public List<Told> fetch(List<NodeKey> nodes) throws IOException {
                return client.fetch(nodes);
            }
        };
    }
}
