package org.flowshield.node.dns;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever comes from a session or a resolver is understood, or refused with a reason. */
final class DnsMessageFuzzTest {

    @FuzzTest
    void a_message_is_understood_or_refused(byte[] message) {
        try {
            DnsMessage query = DnsMessage.parseQuery(message);
            DnsMessage failure = DnsMessage.parseReply(query.failure(DnsMessage.SERVER_FAILURE));
            if (!failure.answers(query, query.id())) {
                throw new AssertionError("a failure does not answer its query");
            }
        } catch (MalformedDnsException expected) {
            refused(message);
        }
        try {
            DnsMessage reply = DnsMessage.parseReply(message);
            if (reply.cut().length() > message.length) {
                throw new AssertionError("a cut reply is longer than the whole one");
            }
        } catch (MalformedDnsException expected) {
            refused(message);
        }
    }

    private static void refused(byte[] message) {
        if (DnsMessage.complaint(message).map(said -> said.length > message.length).orElse(false)) {
            throw new AssertionError("a complaint is longer than what it is about");
        }
    }
}
