package org.flowshield.app.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.desk.identity.BoundNode;
import org.flowshield.node.desk.identity.OwnNode;
import org.flowshield.node.desk.identity.Registered;
import org.flowshield.node.desk.identity.Rotated;
import org.flowshield.node.desk.identity.Verification;
import org.flowshield.node.desk.identity.Verification.Check;
import org.flowshield.node.desk.identity.Verification.Subject;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.identity.Roles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class IdentityScreenTest extends UiTest {

    private static final String KEY = "0x" + "11".repeat(32);
    private static final String LAPTOP = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
    private static final String OLD = "12D3KooWH3uVF6wv47WnArKHk5p6cvgCJEb74UTmxztmQDc298L3";

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final List<String> copied = new ArrayList<>();
    private int backups;

    @Test
    void says_who_this_computer_is_and_what_the_registry_has_of_it() {
        registered();
        open(Language.ENGLISH, Brightness.LIGHT);
        await("the registry has told", () -> text("identity-registry").startsWith("Registered as"));
        assertThat(text("identity-peer")).isEqualTo(Statuses.PEER);
        click("identity-peer-copy");
        assertThat(copied).containsExactly(Statuses.PEER);
    }

    @Test
    void registers_with_the_roles_that_are_chosen() {
        unregistered();
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is offered", () -> isThere("identity-register"));
        desks.answer("register", new Registered(bound(BindingStatus.BOUND), new Ending.Already()));
        click("identity-role-fullnode");
        click("identity-register");
        await("it is done", () -> isThere("transaction-ended"));
        assertThat(desks.asked())
                .contains(
                        new FakeDesks.Asked(
                                "register",
                                List.of(Wallets.OWN, Set.of(Roles.PROVIDER, Roles.FULLNODE))));
    }

    @Test
    void registers_for_the_account_that_is_chosen_where_there_is_more_than_one() {
        unregistered();
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is offered", () -> isThere("identity-register"));
        assertThat(isThere("identity-account")).isFalse();

        desks.always(
                "state",
                new WalletState.Unlocked(
                        Wallets.FOLDER, Wallets.twoAccounts().accounts(), true, Contexts.NOW));
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is asked", () -> isThere("identity-account"));
        audit();
        Toolkit.run(() -> choose("identity-account", Wallets.SECOND));
        desks.answer("register", new Registered(bound(BindingStatus.BOUND), new Ending.Already()));
        scroll("identity-register");
        click("identity-register");
        await("it is done", () -> isThere("transaction-ended"));
        assertThat(desks.asked())
                .contains(
                        new FakeDesks.Asked(
                                "register", List.of(Wallets.OTHER, Set.of(Roles.PROVIDER))));
    }

    @SuppressWarnings("unchecked")
    private void choose(String id, Object value) {
        ((javafx.scene.control.ComboBox<Object>) node(id)).setValue(value);
    }

    @Test
    void revokes_only_what_was_confirmed_by_typing() {
        registered();
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is offered", () -> isThere("identity-revoke"));
        click("identity-revoke");
        await("it is asked", () -> isThere("identity-revoking"));
        scroll("identity-revoking");
        assertThat(node("identity-revoke-now").isDisabled()).isTrue();
        click("identity-typed");
        type("nonsense");
        assertThat(node("identity-revoke-now").isDisabled()).isTrue();
        press(KeyCode.ESCAPE);
        assertThat(isThere("identity-revoking")).isFalse();

        scroll("identity-revoke");
        click("identity-revoke");
        scroll("identity-typed");
        click("identity-typed");
        Toolkit.run(
                () ->
                        ((javafx.scene.control.TextField) node("identity-typed"))
                                .setText(IdentityController.confirmation(Statuses.PEER)));
        desks.answer(
                "revokeNode", new Registered(bound(BindingStatus.REVOKED), new Ending.Already()));
        scroll("identity-revoke-now");
        click("identity-revoke-now");
        await("it is done", () -> isThere("transaction-ended"));
        assertThat(desks.asked())
                .contains(new FakeDesks.Asked("revokeNode", List.of(Wallets.OWN, Statuses.PEER)));
    }

    @Test
    void a_locked_wallet_is_unlocked_where_it_is_to_sign() {
        unregistered();
        desks.always("state", Wallets.locked());
        desks.always("beginUnlock", Duration.ZERO);
        desks.always("closeUnlocking", "");
        desks.refuse("unlock", new Problem("wrong_password", "it is wrong", "type it again"));
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is offered", () -> isThere("identity-register"));
        click("identity-register");
        await("a password", () -> node("transaction-unlock-password").isFocused());
        type("five little ponies");
        click("transaction-unlock-do");
        await("a refusal", () -> isThere("transaction-failure"));
        await("it can be typed again", () -> node("transaction-unlock-password").isFocused());
        audit();
        press(KeyCode.ESCAPE);
        assertThat(isThere("transaction-unlock")).isFalse();

        click("identity-register");
        await("a password", () -> isThere("transaction-unlock"));
        assertThat(isThere("transaction-failure")).isFalse();
        desks.answer("unlock", Wallets.unlocked());
        desks.answer("register", new Registered(bound(BindingStatus.BOUND), new Ending.Already()));
        click("transaction-unlock-password");
        type("four little ponies");
        desks.always("state", Wallets.unlocked());
        click("transaction-unlock-do");
        await("it is done", () -> isThere("transaction-ended"));
        assertThat(desks.asked().toString()).doesNotContain("ponies");
    }

    @Test
    void a_key_that_was_revoked_can_be_changed_and_not_registered_again() {
        stands(BindingStatus.REVOKED);
        open(Language.ENGLISH, Brightness.LIGHT);
        await("the registry has told", () -> text("identity-registry").startsWith("Revoked on"));
        assertThat(isThere("identity-register")).isFalse();
        assertThat(isThere("identity-revoke")).isFalse();
        desks.answer("rotate", new Rotated(LAPTOP, new Ending.Already()));
        click("identity-rotate");
        await("it is done", () -> isThere("transaction-ended"));
    }

    @Test
    void a_key_that_waits_for_a_restart_is_used_before_it_is_changed_again() {
        stands(BindingStatus.REVOKED);
        desks.always("own", own(Wallets.OWN, bound(BindingStatus.REVOKED), true));
        open(Language.ENGLISH, Brightness.LIGHT);
        await("the registry has told", () -> text("identity-registry").startsWith("Revoked on"));
        assertThat(text("identity-restart")).contains("Restart the service");
        assertThat(isThere("identity-rotate")).isFalse();
    }

    @Test
    void nothing_is_offered_for_a_node_of_which_the_registry_was_not_asked() {
        registered();
        desks.answer("own", own(Wallets.OWN, null));
        desks.refuse("own", new Problem("rpc_unreachable", "no answer", "try again"));
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is told", () -> isThere("identity-failure"));
        assertThat(isThere("identity-register")).isFalse();
        click("identity-failure-action-0");
        await("it is offered", () -> isThere("identity-rotate"));
    }

    @Test
    void a_new_key_is_shown_even_if_the_registry_is_silent_about_it() {
        registered();
        IdentityScreen screen = opened(Language.ENGLISH, Brightness.LIGHT);
        await("the registry has told", () -> text("identity-registry").startsWith("Registered"));
        Toolkit.run(screen::hidden);
        desks.answer("own", new OwnNode(status(LAPTOP, Wallets.OWN, false), KEY, null, List.of()));
        desks.refuse("own", new Problem("rpc_unreachable", "no answer", "try again"));
        Toolkit.run(screen::shown);
        await("it is told", () -> isThere("identity-failure"));
        assertThat(text("identity-peer")).isEqualTo(LAPTOP);
        assertThat(text("identity-registry")).startsWith("Not known");
    }

    @Test
    void the_way_to_the_words_is_one_click() {
        registered();
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is drawn", () -> isThere("identity-revoke"));
        scroll("identity-backup");
        click("identity-backup");
        assertThat(backups).isEqualTo(1);
    }

    @Test
    void checks_somebody_else_in_words() {
        registered();
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is drawn", () -> isThere("identity-revoke"));
        desks.answer(
                "verify",
                new Verification(
                        List.of(
                                new Check(Subject.CONSENT, true, ""),
                                new Check(Subject.REVOCATION, false, "revoked on 1 March"))));
        scroll("identity-node");
        click("identity-node");
        type("abc");
        press(KeyCode.ENTER);
        await("it is said", () -> isThere("identity-verdict"));
        assertThat(text("identity-verdict")).startsWith("Don’t trust this node");
    }

    @Test
    void trouble_is_shown_and_the_daemons_word_stays() {
        desks.always("network", Wallets.network());
        desks.always("state", Wallets.locked());
        desks.answer("own", own(Wallets.OWN, null));
        desks.refuse("own", new Problem("rpc_unreachable", "no answer", "try again"));
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is told", () -> isThere("identity-failure"));
        assertThat(text("identity-peer")).isEqualTo(Statuses.PEER);
        assertThat(text("identity-failure-title")).isEqualTo("The chain can't be reached");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            registered();
            open(language, brightness);
            await("it is drawn", () -> isThere("identity-revoke"));
            audit();
            Toolkit.run(() -> scene().getWindow().setWidth(700));
            Toolkit.settle();
            audit();
        }
    }

    @Test
    void looks_as_it_shall() {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            registered();
            open(Language.ENGLISH, brightness);
            await("it is drawn", () -> text("identity-registry").startsWith("Registered"));
            Golden.compare(
                    "identity-" + brightness.name().toLowerCase(java.util.Locale.ROOT), scene());
        }
    }

    private void audit() {
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
    }

    private void registered() {
        stands(BindingStatus.BOUND);
    }

    private void stands(BindingStatus status) {
        desks.always("network", Wallets.network());
        desks.always("state", Wallets.unlocked());
        desks.always("own", own(Wallets.OWN, bound(status)));
    }

    private void unregistered() {
        desks.always("network", Wallets.network());
        desks.always("state", Wallets.unlocked());
        desks.always("own", own(null, null));
    }

    private static OwnNode own(@Nullable EvmAddress wallet, @Nullable BoundNode bound) {
        return own(wallet, bound, false);
    }

    private static OwnNode own(
            @Nullable EvmAddress wallet, @Nullable BoundNode bound, boolean restartNeeded) {
        return new OwnNode(
                status(Statuses.PEER, wallet, restartNeeded),
                KEY,
                bound,
                bound == null
                        ? List.of()
                        : List.of(
                                node(LAPTOP, BindingStatus.BOUND),
                                node(OLD, BindingStatus.REVOKED)));
    }

    private static IdentityStatus status(
            String peerId, @Nullable EvmAddress wallet, boolean restartNeeded) {
        return new IdentityStatus(
                peerId,
                wallet,
                31_337L,
                Wallets.CHANNELS,
                wallet == null ? null : Contexts.NOW.plus(Duration.ofHours(5)),
                null,
                restartNeeded);
    }

    private static BoundNode bound(BindingStatus status) {
        return node(Statuses.PEER, status);
    }

    private static BoundNode node(String peerId, BindingStatus status) {
        return new BoundNode(
                peerId,
                KEY,
                new Binding(
                        status,
                        Roles.bits(Roles.PROVIDER),
                        Contexts.NOW.minus(Duration.ofDays(40)),
                        Contexts.NOW.minus(Duration.ofDays(2))));
    }

    private void open(Language language, Brightness brightness) {
        IdentityScreen _ = opened(language, brightness);
    }

    private IdentityScreen opened(Language language, Brightness brightness) {
        Context context = Contexts.of(daemon, language, desks);
        IdentityScreen screen =
                Toolkit.on(() -> new IdentityScreen(context, new Clipboard(), () -> backups++));
        Toolkit.run(screen::shown);
        show(screen.root(), brightness);
        return screen;
    }

    private final class Clipboard implements SystemClipboard {

        @Override
        public void put(String text) {
            copied.add(text);
        }

        @Override
        public Optional<String> text() {
            return Optional.empty();
        }
    }

    /** Brings a node into view. */
    private void scroll(String id) {
        for (Node scrolling : scene().getRoot().lookupAll(".page-scroll")) {
            if (scrolling instanceof ScrollPane pane && pane.isVisible()) {
                Toolkit.run(
                        () -> {
                            Node found = pane.getContent().lookup("#" + id);
                            if (found != null) {
                                double y =
                                        pane.getContent()
                                                .sceneToLocal(
                                                        found.localToScene(
                                                                found.getBoundsInLocal()))
                                                .getMinY();
                                double hidden =
                                        pane.getContent().getBoundsInLocal().getHeight()
                                                - pane.getViewportBounds().getHeight();
                                pane.setVvalue(Math.clamp((y - 200) / Math.max(1, hidden), 0, 1));
                            }
                        });
            }
        }
        Toolkit.settle();
    }
}
