package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.DeskSettings;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.money.Payment;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Moved;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.desk.wallet.Unlocking;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.history.Coin;
import org.flowshield.node.wallet.keystore.Derivation;
import org.flowshield.node.wallet.keystore.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The desk as a window stands on it: no command line in between, a real chain and a real agent. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class DeskIT {

    private static final EvmAddress SIGNER = new EvmAddress(filled((byte) 7));
    private static final String PASSWORD = "four little ponies";

    @TempDir private static Path folder;

    private static MoneyLab lab;
    private static LocalDesk desk;

    @BeforeAll
    static void begin() throws Exception {
        assumeTrue(MoneyLab.missing().isEmpty(), MoneyLab.missing());
        lab = MoneyLab.start(folder);
        desk = LocalDesk.open(settings(lab.wallet()));
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            desk.close();
            lab.close();
        }
    }

    private static DeskSettings settings(Path wallet) {
        return new DeskSettings(
                wallet,
                folder.resolve("no.sock"),
                lab.network(),
                AgentStarter.byOwnJava(FlowShield.class.getName()),
                Derivation.HERE);
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        java.util.Arrays.fill(bytes, value);
        return bytes;
    }

    private static Password password() {
        return Password.of(PASSWORD.toCharArray());
    }

    /** Agrees to all plans, and to so many proposals. */
    private static final class Person implements Conversation {

        private final List<Plan> plans = new ArrayList<>();
        private final List<Proposal> proposals = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private int patience;

        Person(int patience) {
            this.patience = patience;
        }

        @Override
        public boolean begins(Plan plan) {
            plans.add(plan);
            return true;
        }

        @Override
        public boolean agrees(Proposal proposal) {
            proposals.add(proposal);
            return patience-- > 0;
        }

        @Override
        public void tell(Step step) {
            steps.add(step);
        }
    }

    private static EvmAddress me() throws Exception {
        return EvmAddress.parse(MoneyLab.ME);
    }

    private static Payment flow(String amount) throws Exception {
        return new Payment(
                me(), EvmAddress.parse(MoneyLab.BOB), Coin.FLOW, TokenAmount.parse(amount).units());
    }

    @Test
    void others_are_asked_about_the_chain_at_once_and_those_of_the_network_file_again()
            throws Exception {
        try (LocalDesk own = LocalDesk.open(settings(lab.wallet()))) {
            Balances before = own.money().balances(me());
            own.askThrough(List.of(URI.create("http://127.0.0.1:9")));
            assertThatExceptionOfType(DeskException.class)
                    .isThrownBy(() -> own.money().balances(me()))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("rpc_unreachable"));
            own.askThrough(List.of());
            assertThat(own.money().balances(me())).isEqualTo(before);
        }
    }

    @Test
    void a_wallet_is_made_of_words_that_were_known_unlocked_shown_again_and_locked()
            throws Exception {
        try (LocalDesk fresh = LocalDesk.open(settings(folder.resolve("fresh")))) {
            WalletDesk wallet = fresh.wallet();
            assertThat(wallet.state()).isInstanceOf(WalletState.None.class);
            String sentence;
            try (NewWords words = wallet.newWords(12);
                    Password password = password()) {
                assertThatExceptionOfType(DeskException.class)
                        .isThrownBy(() -> wallet.create(words, password))
                        .satisfies(
                                e -> assertThat(e.problem().code()).isEqualTo("not_written_down"));
                for (int place : words.ask()) {
                    assertThat(words.answer(words.words().word(place))).isTrue();
                }
                assertThat(wallet.create(words, password)).hasSize(1);
                sentence = new String(words.words().sentence());
            }
            assertThat(wallet.state()).isInstanceOf(WalletState.Locked.class);
            try (Unlocking unlocking = wallet.beginUnlock(Duration.ofMinutes(5));
                    Password wrong = Password.of("five little ponies".toCharArray());
                    Password right = password()) {
                assertThatExceptionOfType(DeskException.class)
                        .isThrownBy(() -> unlocking.unlock(wrong))
                        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("wrong_password"));
                assertThat(unlocking.unlock(right).locksAt()).isAfter(Instant.now());
            }
            assertThat(wallet.state()).isInstanceOf(WalletState.Unlocked.class);
            assertThat(wallet.addAccount().number()).isEqualTo(1);
            try (Password right = password();
                    SecretWords again = wallet.reveal(right)) {
                assertThat(new String(again.sentence())).isEqualTo(sentence);
            }
            assertThat(wallet.lock()).isTrue();
            assertThat(wallet.lock()).isFalse();
        }
    }

    @Test
    void what_is_not_agreed_to_is_not_sent_and_its_number_is_used_by_the_next() throws Exception {
        long before = lab.chain().pendingNonce(me());
        Person unwilling = new Person(0);
        Ending declined = desk.money().send(flow("1"), unwilling);
        assertThat(declined).isEqualTo(new Ending.Declined());
        assertThat(declined.moved()).isEqualTo(Moved.NO);
        assertThat(lab.chain().pendingNonce(me())).isEqualTo(before);

        Person willing = new Person(1);
        Ending ending = desk.money().send(flow("1.5"), willing);
        assertThat(ending.moved()).isEqualTo(Moved.YES);
        assertThat(lab.chain().pendingNonce(me())).isEqualTo(before + 1);
        assertThat(willing.plans).isEmpty();
        Proposal proposal = willing.proposals.getFirst();
        assertThat(proposal.lines()).extracting(Proposal.Line::label).contains("amount", "to");
        assertThat(proposal.gas()).isNotNull();
        assertThat(willing.steps)
                .hasAtLeastOneElementOfType(Step.Signed.class)
                .hasAtLeastOneElementOfType(Step.HandedIn.class)
                .endsWith(new Step.Ended(ending));
        assertThat(desk.money().history(me(), null))
                .anySatisfy(entry -> assertThat(entry.units()).isEqualTo(flow("1.5").units()));
    }

    @Test
    void the_first_funding_is_planned_whole_and_done_once() throws Exception {
        Caps caps =
                new Caps(
                        TokenAmount.parse("10"),
                        TokenAmount.parse("4"),
                        Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
        TokenAmount amount = TokenAmount.parse("12");
        Person hesitant = new Person(1);
        assertThat(desk.money().fund(me(), amount, SIGNER, caps, hesitant))
                .isEqualTo(new Ending.Declined());
        assertThat(hesitant.plans.getFirst().steps())
                .extracting(step -> (Object) step.getClass())
                .containsExactly(
                        Planned.Permit.class, Planned.FillPurse.class, Planned.Authorise.class);

        Person willing = new Person(3);
        assertThat(desk.money().fund(me(), amount, SIGNER, caps, willing).isGood()).isTrue();
        assertThat(desk.money().purse(me(), SIGNER))
                .satisfies(
                        purse -> {
                            assertThat(purse.amount()).isEqualTo(amount);
                            assertThat(purse.authorisation()).isNotNull();
                        });
        Person asked = new Person(0);
        assertThat(desk.money().fund(me(), amount, SIGNER, caps, asked))
                .isEqualTo(new Ending.Already());
        assertThat(asked.plans).isEmpty();
    }

    @Test
    void without_a_daemon_its_part_says_so() {
        assertThatExceptionOfType(DeskException.class)
                .isThrownBy(() -> desk.identity().own(false))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(DeskException.Kind.NO_DAEMON));
        assertThatExceptionOfType(DeskException.class)
                .isThrownBy(() -> desk.share().off())
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("no_daemon"));
    }
}
