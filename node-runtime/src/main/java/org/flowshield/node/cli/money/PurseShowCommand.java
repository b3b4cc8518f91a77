package org.flowshield.node.cli.money;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.SignerAuthority;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what is in the purse. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints what is in the purse, and what a signer may do with it.")
final class PurseShowCommand extends ChainVerb {

    @Option(
            names = "--signer",
            paramLabel = "ADDRESS",
            description = "Tell what this signer may lock, and has.")
    private @Nullable String signer;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws RpcException, CommandFailedException {
        TokenAmount purse = open.contracts().channels().purseOf(account.address());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("owner", account.address().toString());
        json.put("purse", purse.decimal());
        List<String> lines = new ArrayList<>();
        lines.add("purse    " + purse + " of " + account.address());
        if (signer != null) {
            EvmAddress address = Arguments.address(signer);
            SignerAuthority authority =
                    open.contracts().channels().authority(account.address(), address);
            Map<String, Object> may = new LinkedHashMap<>();
            may.put("signer", address.toString());
            may.put("total", authority.caps().total().decimal());
            may.put("per_payee", authority.caps().perPayee().decimal());
            may.put("used", authority.used().decimal());
            may.put("left", authority.left().decimal());
            may.put("expires", authority.caps().expiry().toString());
            json.put("authority", may);
            lines.add("signer   " + address);
            lines.add(
                    "may lock "
                            + authority.left()
                            + " more of "
                            + authority.caps().total()
                            + ", "
                            + authority.caps().perPayee()
                            + " with each provider, until "
                            + authority.caps().expiry());
        }
        output().print(String.join(System.lineSeparator(), lines), json);
        return ExitStatus.OK;
    }
}
