package org.flowshield.node.api;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Whatever is typed is servers, which are read again as they are written, or is refused. */
final class DnsServerFuzzTest {

    @FuzzTest
    void any_text_is_servers_or_refused(byte[] text) throws MalformedDnsServerException {
        List<DnsServer> servers;
        try {
            servers = DnsServer.parseAll(new String(text, StandardCharsets.UTF_8));
        } catch (MalformedDnsServerException expected) {
            if (String.valueOf(expected.getMessage()).isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
            return;
        }
        String written =
                servers.stream().map(DnsServer::toString).collect(Collectors.joining(", "));
        if (!DnsServer.parseAll(written).equals(servers)) {
            throw new AssertionError("written as " + written + ", read as others");
        }
    }
}
