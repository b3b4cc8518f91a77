package org.flowshield.node.cli.money;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.money.Purse;
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
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        Purse purse =
                desk.money().purse(account, signer == null ? null : Arguments.address(signer));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("owner", account.toString());
        json.put("purse", purse.amount().decimal());
        List<String> lines = new ArrayList<>();
        lines.add("purse    " + purse.amount() + " of " + account);
        Authorisation may = purse.authorisation();
        if (may != null) {
            json.put("authority", json(String.valueOf(purse.signer()), may));
            lines.add("signer   " + purse.signer());
            lines.add(
                    "may lock "
                            + may.left()
                            + " more of "
                            + may.total()
                            + ", "
                            + may.perPayee()
                            + " with each provider, until "
                            + may.expiry());
        }
        output().print(String.join(System.lineSeparator(), lines), json);
        return ExitStatus.OK;
    }

    private static Map<String, Object> json(String signer, Authorisation may) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("signer", signer);
        json.put("total", may.total().decimal());
        json.put("per_payee", may.perPayee().decimal());
        json.put("used", may.used().decimal());
        json.put("left", may.left().decimal());
        json.put("expires", may.expiry().toString());
        return json;
    }
}
