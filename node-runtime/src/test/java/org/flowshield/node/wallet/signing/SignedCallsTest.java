package org.flowshield.node.wallet.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.contracts.token.FlowToken;
import org.junit.jupiter.api.Test;

/**
 * Who signs which call of the contracts. A call that is added to a port, and a verb that sends
 * another one with the wallet's key, fail here until the wallet can tell what it does.
 */
final class SignedCallsTest {

    /** {@link KnownCallTest} and {@link NodeCallTest} write, read and tell each of them. */
    private static final Set<String> WALLET =
            Set.of(
                    "ChannelCalls.authorise",
                    "ChannelCalls.deposit",
                    "ChannelCalls.depositWithPermit",
                    "ChannelCalls.setOperator",
                    "ChannelCalls.withdraw",
                    "FlowToken.approve",
                    "FlowToken.transfer",
                    "IdentityRegistry.bind",
                    "IdentityRegistry.revoke",
                    "IdentityRegistry.rotate",
                    "IdentityRegistry.setAttribute",
                    "ProviderRegistry.exit",
                    "ProviderRegistry.register",
                    "ProviderRegistry.update",
                    "StakeVault.requestUnstake",
                    "StakeVault.stake",
                    "StakeVault.stakeWithPermit",
                    "StakeVault.withdraw");

    /** Of one channel: the session's signer or the operator signs them, in the daemon. */
    private static final Set<String> DAEMON =
            Set.of(
                    "ChannelCalls.carry",
                    "ChannelCalls.claim",
                    "ChannelCalls.claimAndClose",
                    "ChannelCalls.claimMany",
                    "ChannelCalls.close",
                    "ChannelCalls.cooperativeClose",
                    "ChannelCalls.finishClose",
                    "ChannelCalls.open",
                    "ChannelCalls.startClose",
                    "ChannelCalls.topUp");

    /**
     * The wallet signs an order, {@link SigningRequest.NodeOrder}; a provider's operator signs the
     * transaction that carries it, and the wallet refuses that as one that it can't tell.
     */
    private static final Set<String> CARRIED =
            Set.of(
                    "IdentityRegistry.bindFor",
                    "IdentityRegistry.revokeFor",
                    "ProviderRegistry.registerFor");

    @Test
    void every_call_of_the_contracts_has_its_signer() {
        Set<String> all =
                Stream.of(
                                ChannelCalls.class,
                                FlowToken.class,
                                StakeVault.class,
                                IdentityRegistry.class,
                                ProviderRegistry.class)
                        .flatMap(port -> Stream.of(port.getMethods()))
                        .filter(method -> method.getReturnType() == Call.class)
                        .map(SignedCallsTest::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(WALLET);
        known.addAll(DAEMON);
        known.addAll(CARRIED);
        assertThat(all).isEqualTo(known);
    }

    @Test
    void the_wallets_verbs_send_only_what_the_wallet_can_tell() {
        JavaClasses verbs =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.flowshield.node.desk");
        Set<String> sent =
                verbs.stream()
                        .flatMap(verb -> verb.getMethodCallsFromSelf().stream())
                        .filter(SignedCallsTest::makesCall)
                        .map(
                                call ->
                                        call.getTargetOwner().getSimpleName()
                                                + "."
                                                + call.getTarget().getName())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sent).as("the detector sees calls").contains("FlowToken.transfer");
        assertThat(sent).isSubsetOf(WALLET);
    }

    @Test
    void every_order_for_a_relayer_is_told_or_refused_as_anothers() {
        assertThat(RelayedOrder.class.getPermittedSubclasses())
                .extracting(Class::getSimpleName)
                .as("SigningRequest.PurseOrder has each in its switches")
                .containsExactlyInAnyOrder(
                        "Deposit",
                        "Withdraw",
                        "Authorise",
                        "SetOperator",
                        "Open",
                        "TopUp",
                        "StartClose");
        assertThat(RegistryOrder.class.getPermittedSubclasses())
                .extracting(Class::getSimpleName)
                .as("SigningRequest.NodeOrder tells each")
                .containsExactlyInAnyOrder("Bind", "Revoke", "Register");
    }

    private static boolean makesCall(JavaMethodCall call) {
        return call.getTarget().getRawReturnType().isEquivalentTo(Call.class)
                && call.getTargetOwner().getPackageName().startsWith("org.flowshield.contracts.")
                && !call.getTargetOwner().isEquivalentTo(Call.class)
                && call.getTargetOwner().isInterface();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
