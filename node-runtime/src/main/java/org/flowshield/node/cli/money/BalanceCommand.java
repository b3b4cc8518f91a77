package org.flowshield.node.cli.money;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
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
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open) throws RpcException {
        TokenAmount flow = open.contracts().token().balance(account.address());
        TokenAmount purse = open.contracts().channels().purseOf(account.address());
        Wei gas = open.chain().balance(account.address());
        String symbol = open.network().gasSymbol();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", account.address().toString());
        json.put("chain_id", open.network().chain().value());
        json.put("flow", flow.decimal());
        json.put("gas", gas.decimal());
        json.put("gas_symbol", symbol);
        json.put("purse", purse.decimal());
        output().print(
                        String.join(
                                System.lineSeparator(),
                                "account  " + account.address(),
                                "flow     " + flow,
                                "gas      " + gas.in(symbol),
                                "purse    " + purse),
                        json);
        return ExitStatus.OK;
    }
}
