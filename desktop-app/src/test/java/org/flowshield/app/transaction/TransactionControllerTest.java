package org.flowshield.app.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.app.secret.SecretBuffer;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Hand;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionModel.Stage;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.api.Problem;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TransactionControllerTest {

    private static final Purpose PURPOSE = new Purpose("Send", "Send 1.5 FLOW", "next", null);
    private static final Ending DONE = new Ending.Done(Wallets.HASH, 17, Wei.of(1_000));

    private static final Planned PERMIT = new Planned.Permit(Wallets.flow("10"), Wallets.CHANNELS);
    private static final Planned FILL = new Planned.FillPurse(Wallets.flow("10"));
    private static final Planned AUTHORISE =
            new Planned.Authorise(
                    Wallets.OTHER,
                    new Caps(
                            Wallets.flow("10"),
                            Wallets.flow("2"),
                            Instant.parse("2026-04-01T00:00:00Z")));

    private final Hand hand = new Hand();
    private final TransactionModel model = new TransactionModel();
    private final FakeDesks desks = new FakeDesks();
    private final TransactionController controller =
            new TransactionController(model, desks.desks().wallet(), new Work(hand), hand);
    private final List<Ending> endings = new ArrayList<>();

    @BeforeEach
    void unlocked() {
        desks.always("state", Wallets.unlocked());
    }

    @Test
    void nothing_is_signed_before_it_was_agreed_to() {
        start(
                Wei.ZERO,
                conversation -> {
                    if (!conversation.agrees(Wallets.proposal())) {
                        return new Ending.Declined();
                    }
                    conversation.tell(new Step.Signed(Wallets.HASH));
                    return DONE;
                });
        until(Stage.PROPOSAL);
        assertThat(endings).isEmpty();
        controller.agree();
        controller.agree();
        controller.decline();
        until(Stage.ENDED);
        assertThat(endings).containsExactly(DONE);
        assertThat(model.steps()).containsExactly(new Step.Signed(Wallets.HASH));
    }

    @Test
    void how_deep_it_lies_is_one_line_that_changes() {
        Step included = new Step.Included(Wallets.HASH, 17, 3);
        start(
                Wei.ZERO,
                conversation -> {
                    conversation.tell(included);
                    conversation.tell(new Step.Deeper(Wallets.HASH, 2, 3));
                    conversation.tell(new Step.Deeper(Wallets.HASH, 3, 3));
                    return DONE;
                });
        until(Stage.ENDED);
        assertThat(model.steps()).containsExactly(included, new Step.Deeper(Wallets.HASH, 3, 3));
    }

    @Test
    void what_is_declined_leads_back_to_where_one_was() {
        start(
                Wei.ZERO,
                conversation ->
                        conversation.agrees(Wallets.proposal()) ? DONE : new Ending.Declined());
        until(Stage.PROPOSAL);
        controller.close();
        until(Stage.IDLE);
        assertThat(endings).containsExactly(new Ending.Declined());
    }

    @Test
    void trouble_before_a_signature_is_a_failure() {
        start(
                Wei.ZERO,
                _ -> {
                    throw DeskException.of(
                            DeskException.Kind.FAILED, "rpc_timeout", "no answer", "wait");
                });
        until(Stage.FAILED);
        assertThat(model.failure().get()).isNotNull();
        controller.close();
        assertThat(model.stage().get()).isEqualTo(Stage.IDLE);
    }

    @Test
    void what_breaks_off_after_a_signature_does_not_say_that_nothing_was_signed() {
        start(
                Wei.ZERO,
                conversation -> {
                    conversation.tell(new Step.Signed(Wallets.HASH));
                    throw DeskException.of(
                            DeskException.Kind.FAILED, "no_daemon", "it stopped", "start it");
                });
        until(Stage.FAILED);
        assertThat(model.signed().get()).isEqualTo(Wallets.HASH);
        assertThat(endings).containsExactly(new Ending.NotKnown(Wallets.HASH, "it stopped"));
        start(Wei.ZERO, _ -> new Ending.Declined());
        until(Stage.IDLE);
        assertThat(model.signed().get()).isNull();
    }

    @Test
    void a_locked_wallet_is_unlocked_first_and_then_it_begins() {
        lock();
        desks.answer("unlock", Wallets.unlocked());
        start(Wei.ZERO, _ -> DONE);
        until(Stage.LOCKED);
        assertThat(model.failure().get()).isNull();
        assertThat(controller.isBusy()).isTrue();
        SecretBuffer typed = typed();
        controller.unlock(typed);
        desks.always("state", Wallets.unlocked());
        until(Stage.ENDED);
        assertThat(endings).containsExactly(DONE);
        assertThat(typed.isEmpty()).isTrue();
    }

    @Test
    void a_wallet_that_locks_itself_on_the_way_is_unlocked_and_it_begins_anew() {
        List<String> begun = new ArrayList<>();
        start(
                Wei.ZERO,
                _ -> {
                    begun.add("begun");
                    if (begun.size() == 1) {
                        throw DeskException.of(
                                DeskException.Kind.REFUSED, "wallet_locked", "locked", "unlock it");
                    }
                    return DONE;
                });
        until(Stage.LOCKED);
        unlocking();
        desks.answer("unlock", Wallets.unlocked());
        controller.unlock(typed());
        until(Stage.ENDED);
        assertThat(begun).hasSize(2);
        assertThat(endings).containsExactly(DONE);
    }

    @Test
    void with_a_wrong_password_nothing_begins_and_it_can_be_typed_again() {
        lock();
        desks.refuse("unlock", new Problem("wrong_password", "it is wrong", "type it again"));
        start(
                Wei.ZERO,
                _ -> {
                    throw new AssertionError("the wallet is locked");
                });
        until(Stage.LOCKED);
        SecretBuffer typed = typed();
        controller.unlock(typed);
        hand.until("it is said", () -> model.failure().get() != null);
        assertThat(model.stage().get()).isEqualTo(Stage.LOCKED);
        assertThat(model.unlocking().get()).isFalse();
        assertThat(typed.isEmpty()).isFalse();
        controller.close();
        assertThat(model.stage().get()).isEqualTo(Stage.IDLE);
        assertThat(endings).isEmpty();
    }

    @Test
    void who_leaves_before_it_is_unlocked_begins_nothing() {
        lock();
        desks.answer("unlock", Wallets.unlocked());
        start(
                Wei.ZERO,
                _ -> {
                    throw new AssertionError("nobody wants it any more");
                });
        until(Stage.LOCKED);
        controller.unlock(typed());
        controller.hidden();
        hand.until("it is unlocked", () -> !model.unlocking().get());
        assertThat(model.stage().get()).isEqualTo(Stage.IDLE);
    }

    private void lock() {
        desks.always("state", Wallets.locked());
        unlocking();
    }

    private void unlocking() {
        desks.always("beginUnlock", Duration.ZERO);
        desks.always("closeUnlocking", "");
    }

    private static SecretBuffer typed() {
        SecretBuffer typed = new SecretBuffer();
        "four little ponies"
                .chars()
                .forEach(sign -> assertThat(typed.append((char) sign)).isTrue());
        return typed;
    }

    @Test
    void one_thing_at_a_time() {
        start(
                Wei.ZERO,
                conversation ->
                        conversation.agrees(Wallets.proposal()) ? DONE : new Ending.Declined());
        until(Stage.PROPOSAL);
        start(
                Wei.ZERO,
                _ -> {
                    throw new AssertionError("another was not over");
                });
        assertThat(model.stage().get()).isEqualTo(Stage.PROPOSAL);
        controller.agree();
        until(Stage.ENDED);
        assertThat(endings).containsExactly(DONE);
    }

    @Test
    void a_plan_is_agreed_to_once_with_all_that_it_named() {
        Wei most = Wallets.gas("0.001");
        start(
                most,
                conversation -> {
                    if (!conversation.begins(new Plan("fund", List.of(PERMIT, FILL, AUTHORISE)))) {
                        return new Ending.Declined();
                    }
                    return conversation.agrees(permit("10"))
                                    && conversation.agrees(fill("10"))
                                    && conversation.agrees(authorise("2"))
                            ? DONE
                            : new Ending.Declined();
                });
        until(Stage.PLAN);
        controller.agree();
        until(Stage.ENDED);
        assertThat(endings).containsExactly(DONE);
    }

    @Test
    void what_the_plan_did_not_name_is_asked_for() {
        start(
                Wallets.gas("0.001"),
                conversation ->
                        conversation.begins(new Plan("fund", List.of(PERMIT, FILL)))
                                        && conversation.agrees(permit("11"))
                                ? DONE
                                : new Ending.Declined());
        until(Stage.PLAN);
        controller.agree();
        until(Stage.PROPOSAL);
        assertThat(model.answered().get()).isFalse();
        controller.decline();
        until(Stage.IDLE);
    }

    @Test
    void a_signature_is_covered_by_its_own_step_alone() {
        Wei most = Wallets.gas("0.001");
        assertThat(Covered.is(PERMIT, permit("10"), most)).isTrue();
        assertThat(Covered.is(FILL, permit("10"), most)).isFalse();
        assertThat(Covered.is(FILL, fill("10"), most)).isTrue();
        assertThat(Covered.is(FILL, fill("100"), most)).isFalse();
        assertThat(Covered.is(FILL, fill("10"), Wallets.gas("0.0001"))).isFalse();
        assertThat(Covered.is(AUTHORISE, authorise("2"), most)).isTrue();
        assertThat(Covered.is(AUTHORISE, authorise("20"), most)).isFalse();
        assertThat(Covered.is(new Planned.LeaveMarket(), fill("10"), most)).isFalse();
    }

    private static Proposal permit(String amount) {
        return proposal(
                Proposal.Kind.PERMIT,
                line("amount", "up to " + amount + " of the token"),
                line("taken by", Wallets.CHANNELS.toString()));
    }

    private static Proposal fill(String amount) {
        return proposal(Proposal.Kind.TRANSACTION, line("amount", amount + " FLOW"));
    }

    private static Proposal authorise(String each) {
        return proposal(
                Proposal.Kind.TRANSACTION,
                line("amount", "up to 10 FLOW in all"),
                line("each provider", "up to " + each + " FLOW"),
                line("signer", Wallets.OTHER.toString()));
    }

    private static Proposal.Line line(String label, String value) {
        return new Proposal.Line(label, value, "");
    }

    private static Proposal proposal(Proposal.Kind kind, Proposal.Line... lines) {
        return new Proposal(
                kind,
                "something",
                List.of(lines),
                Wallets.OWN,
                kind == Proposal.Kind.PERMIT ? null : Wallets.fee());
    }

    private void start(Wei most, TransactionController.Task task) {
        controller.start(PURPOSE, most, task, endings::add);
    }

    private void until(Stage stage) {
        hand.until(stage.name(), () -> model.stage().get() == stage);
    }
}
