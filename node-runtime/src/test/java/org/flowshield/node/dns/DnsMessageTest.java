package org.flowshield.node.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.flowshield.node.dns.MalformedDnsException.Reason;
import org.junit.jupiter.api.Test;

final class DnsMessageTest {

    private final byte[] query = Questions.query(0x1234, "www.example.org", Questions.A);

    @Test
    void a_reply_answers_the_query_with_its_id_and_question() throws Exception {
        DnsMessage asked = DnsMessage.parseQuery(query);
        assertThat(reply(Questions.reply(query, 16)).answers(asked, 0x1234)).isTrue();
        assertThat(reply(Questions.reply(query, 16)).answers(asked, 0x1235)).isFalse();
        byte[] other = Questions.query(0x1234, "www.example.com", Questions.A);
        assertThat(reply(Questions.reply(other, 16)).answers(asked, 0x1234)).isFalse();
        byte[] longer = Questions.query(0x1234, "xwww.example.org", Questions.A);
        assertThat(reply(Questions.reply(longer, 16)).answers(asked, 0x1234)).isFalse();
        byte[] type = Questions.query(0x1234, "www.example.org", 28);
        assertThat(reply(Questions.reply(type, 16)).answers(asked, 0x1234)).isFalse();
    }

    @Test
    void a_resolver_may_change_the_case_of_letters() throws Exception {
        byte[] shouted = Questions.query(0x1234, "WWW.Example.ORG", Questions.A);
        assertThat(reply(Questions.reply(shouted, 0)).answers(DnsMessage.parseQuery(query), 0x1234))
                .isTrue();
    }

    @Test
    void an_asker_without_edns_takes_512_bytes_and_one_with_it_what_every_path_carries()
            throws Exception {
        assertThat(DnsMessage.parseQuery(query).udpSize()).isEqualTo(512);
        assertThat(edns(900)).isEqualTo(900);
        assertThat(edns(4096)).isEqualTo(1232);
        assertThat(edns(0)).isEqualTo(512);
    }

    @Test
    void a_failure_has_the_question_and_no_records() throws Exception {
        byte[] failure =
                DnsMessage.parseQuery(Questions.queryWithEdns(7, "example.org", 4096))
                        .failure(DnsMessage.SERVER_FAILURE);
        assertThat(Questions.code(failure)).isEqualTo(2);
        assertThat(Questions.id(failure)).isEqualTo(7);
        assertThat(Questions.question(failure)).isEqualTo(failure);
        assertThat(DnsMessage.parseReply(failure).length()).isEqualTo(failure.length);
    }

    @Test
    void what_is_no_query_is_refused_with_its_reason() {
        assertThat(reason(new byte[0])).isEqualTo(Reason.TRUNCATED);
        assertThat(reason(Arrays.copyOf(query, 11))).isEqualTo(Reason.TRUNCATED);
        assertThat(reason(Arrays.copyOf(query, query.length - 1))).isEqualTo(Reason.TRUNCATED);
        assertThat(reason(new byte[70_000])).isEqualTo(Reason.TOO_LONG);
        assertThat(reason(changed(2, 0x81))).isEqualTo(Reason.WRONG_DIRECTION);
        assertThat(reason(changed(2, 0x29))).isEqualTo(Reason.NOT_A_QUERY);
        assertThat(reason(changed(5, 2))).isEqualTo(Reason.NOT_ONE_QUESTION);
        assertThat(reason(changed(12, 0xc0))).isEqualTo(Reason.BAD_NAME);
        assertThat(reason(changed(12, 64))).isEqualTo(Reason.BAD_NAME);
        assertThat(reason(changed(11, 1))).isEqualTo(Reason.BAD_RECORD);
        assertThat(reason(changed(10, 0xff))).isEqualTo(Reason.BAD_RECORD);
        String label = "a".repeat(63);
        String longName = String.join(".", label, label, label, label);
        assertThat(reason(Questions.query(1, longName, Questions.A))).isEqualTo(Reason.BAD_NAME);
    }

    @Test
    void a_reply_is_not_complained_about() {
        assertThat(DnsMessage.complaint(changed(2, 0x81))).isEmpty();
        assertThat(DnsMessage.complaint(new byte[11])).isEmpty();
        assertThat(DnsMessage.complaint(changed(5, 2)).map(Questions::code)).contains(1);
        assertThat(DnsMessage.complaint(changed(2, 0x29)).map(Questions::code)).contains(4);
    }

    private static int edns(int size) throws MalformedDnsException {
        return DnsMessage.parseQuery(Questions.queryWithEdns(1, "example.org", size)).udpSize();
    }

    private static DnsMessage reply(byte[] bytes) throws MalformedDnsException {
        return DnsMessage.parseReply(bytes);
    }

    private byte[] changed(int at, int to) {
        byte[] changed = query.clone();
        changed[at] = (byte) to;
        return changed;
    }

    private static Reason reason(byte[] bytes) {
        MalformedDnsException[] thrown = new MalformedDnsException[1];
        assertThatThrownBy(() -> DnsMessage.parseQuery(bytes))
                .isInstanceOfSatisfying(MalformedDnsException.class, e -> thrown[0] = e);
        return thrown[0].reason();
    }
}
