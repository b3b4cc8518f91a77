package org.flowshield.node.cli.money;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.money.Balances;
import picocli.CommandLine.Command;

/** Tells what an account has. */
@Command(
        name = "balance",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints what an account has: FLOW, the coin for gas, and its purse.",
            "Needs no password."
        })
public final class BalanceCommand extends ChainVerb {

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws DeskException, InterruptedException {
        Balances has = desk.money().balances(account);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", account.toString());
        json.put("chain_id", desk.money().network().chain().value());
        json.put("flow", has.flow().decimal());
        json.put("gas", has.gas().decimal());
        json.put("gas_symbol", has.gasSymbol());
        json.put("purse", has.purse().decimal());
        output().print(
                        String.join(
                                System.lineSeparator(),
                                "account  " + account,
                                "flow     " + has.flow(),
                                "gas      " + has.gas().in(has.gasSymbol()),
                                "purse    " + has.purse()),
                        json);
        return ExitStatus.OK;
    }
}
