package org.flowshield.node.fullnode.sync;

import com.google.protobuf.ByteString;
import java.util.List;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeKey;

/** What this node knows. */
public interface Local {

    /** The digest of what is known below a prefix of a byte or two. */
    ByteString digest(Prefix prefix);

    /** Whether a record with these sequences would be news. */
    boolean wants(NodeKey node, long offer, long where);

    /** Verifies records, and takes in those that are sound and news. */
    Taken take(List<Told> records) throws InterruptedException;

    /**
     * What became of some records.
     *
     * @param news that were taken in
     * @param lies that were not what providers sign
     * @param strangers that were signed by nodes for whom the chain does not vouch
     */
    record Taken(int news, int lies, int strangers) {}
}
