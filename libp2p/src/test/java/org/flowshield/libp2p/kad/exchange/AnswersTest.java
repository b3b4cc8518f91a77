package org.flowshield.libp2p.kad.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.kad.records.MemoryRecords;
import org.flowshield.libp2p.kad.records.RecordTimes;
import org.flowshield.libp2p.kad.records.Validators;
import org.flowshield.libp2p.kad.routing.Contact;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.Response;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

/** What a server says, and to whom it says nothing. */
final class AnswersTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant AFTER_48_HOURS = NOW.plus(Duration.ofDays(2));
    private static final RecordKey X = RecordKey.ofName("/v/x");

    private final Random random = new Random(5);
    private final PeerInfo us = SomePeers.info(random, "1.1.1.1");
    private final PeerInfo asker = SomePeers.info(random, "2.2.2.2");
    private final PeerInfo client = SomePeers.info(random, "3.3.3.3");
    private final List<Contact> table = new ArrayList<>();
    private final Answers answers =
            new Answers(
                    us.peer(),
                    new Answers.Rules(
                            20, AddressPolicy.INTERNET, Validators.DEFAULT, RecordTimes.DEFAULT),
                    new MemoryRecords(KadId.of(us.peer()), MemoryRecords.Bounds.DEFAULT),
                    new Answers.Known() {
                        @Override
                        public List<Contact> closest(KadId target, int count) {
                            return table.stream()
                                    .sorted(
                                            Comparator.comparing(
                                                    Contact::id, KadId.nearestTo(target)))
                                    .limit(count)
                                    .toList();
                        }

                        @Override
                        public Optional<PeerInfo> find(PeerId peer) {
                            return Optional.of(client).filter(one -> one.peer().equals(peer));
                        }
                    },
                    us::addresses);

    AnswersTest() {
        for (int i = 0; i < 30; i++) {
            table.add(SomePeers.contact(random, SomePeers.ip(i)));
        }
        table.add(SomePeers.contact(asker));
    }

    private Response ask(Request request, Instant now) throws RequestRefusedException {
        return answers.answer(request, asker.peer(), now).orElseThrow();
    }

    private static Request.PutValue put(String value) {
        return new Request.PutValue(new ValueRecord(X, value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tells_the_20_nearest_without_the_asker() throws Exception {
        List<PeerInfo> nearest =
                table.stream()
                        .filter(one -> !one.peer().equals(asker.peer()))
                        .sorted(Comparator.comparing(Contact::id, KadId.nearestTo(KadId.of(X))))
                        .limit(20)
                        .map(Contact::info)
                        .toList();
        assertThat(ask(new Request.FindNode(X), NOW).closer()).isEqualTo(nearest);
        assertThat(ask(new Request.GetValue(X), NOW).closer()).isEqualTo(nearest);
        assertThat(ask(new Request.GetProviders(X), NOW).closer()).isEqualTo(nearest);
    }

    @Test
    void tells_the_target_itself_even_if_it_is_us_or_a_client() throws Exception {
        List<PeerInfo> toUs = ask(new Request.FindNode(RecordKey.of(us.peer())), NOW).closer();
        assertThat(toUs).hasSize(20).startsWith(us);
        assertThat(ask(new Request.FindNode(RecordKey.of(client.peer())), NOW).closer())
                .startsWith(client);
        PeerInfo server = table.getFirst().info();
        assertThat(ask(new Request.FindNode(RecordKey.of(server.peer())), NOW).closer())
                .startsWith(server)
                .doesNotHaveDuplicates();
    }

    @Test
    void keeps_a_value_for_48_hours_and_says_when_it_came() throws Exception {
        assertThat(ask(put("hello"), NOW).record()).contains(put("hello").record());
        Instant before = AFTER_48_HOURS.minusSeconds(1);
        Optional<ValueRecord> kept = ask(new Request.GetValue(X), before).record();
        assertThat(kept).contains(put("hello").record());
        assertThat(kept.orElseThrow().received()).contains(NOW);
        assertThat(ask(new Request.GetValue(X), AFTER_48_HOURS).record()).isEmpty();
    }

    @Test
    void never_lets_a_worse_value_replace_a_better_one() throws Exception {
        ask(put("b"), NOW);
        assertThatThrownBy(() -> ask(put("a"), NOW))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("better");
        ask(put("c"), NOW);
        assertThat(ask(new Request.GetValue(X), NOW).record()).contains(put("c").record());
    }

    @Test
    void refuses_namespaces_that_it_cannot_check() {
        RecordKey unknown = RecordKey.ofName("/nobody/x");
        Request put = new Request.PutValue(new ValueRecord(unknown, new byte[1]));
        assertThatThrownBy(() -> ask(put, NOW)).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> ask(new Request.GetValue(unknown), NOW))
                .isInstanceOf(RequestRefusedException.class);
    }

    @Test
    void believes_nobody_but_the_provider_itself() throws Exception {
        Request.AddProvider forged = new Request.AddProvider(X, List.of(client));
        assertThatThrownBy(() -> answers.answer(forged, asker.peer(), NOW))
                .isInstanceOf(RequestRefusedException.class);
        Request.AddProvider mixed = new Request.AddProvider(X, List.of(client, asker));
        assertThat(answers.answer(mixed, asker.peer(), NOW)).as("no answer").isEmpty();
        assertThat(ask(new Request.GetProviders(X), NOW).providers()).containsExactly(asker);
        assertThat(ask(new Request.GetProviders(X), AFTER_48_HOURS).providers()).isEmpty();
    }

    @Test
    void a_provider_says_where_it_is_on_the_internet() {
        for (String inner : List.of("10.1.2.3", "127.0.0.1", "192.168.0.1", "0.0.0.0")) {
            PeerInfo hidden = new PeerInfo(asker.peer(), List.of(SomePeers.address(inner)));
            Request.AddProvider add = new Request.AddProvider(X, List.of(hidden));
            assertThatThrownBy(() -> answers.answer(add, asker.peer(), NOW))
                    .as(inner)
                    .isInstanceOf(RequestRefusedException.class);
        }
    }

    @Test
    void answers_a_ping() throws Exception {
        assertThat(ask(new Request.Ping(), NOW)).isEqualTo(Response.EMPTY);
    }

    @Test
    void what_a_peer_may_write_is_bounded_and_comes_back_with_time() {
        WriteBudget budget = new WriteBudget();
        for (int i = 0; i < WriteBudget.BURST; i++) {
            assertThat(budget.take(asker.peer(), NOW)).isTrue();
        }
        assertThat(budget.take(asker.peer(), NOW)).isFalse();
        assertThat(budget.take(client.peer(), NOW)).isTrue();
        assertThat(budget.take(asker.peer(), NOW.plus(WriteBudget.REFILL))).isTrue();
        assertThat(budget.take(asker.peer(), NOW.plus(WriteBudget.REFILL))).isFalse();
    }
}
