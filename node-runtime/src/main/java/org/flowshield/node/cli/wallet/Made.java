package org.flowshield.node.cli.wallet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.ScryptCost;

/** What verbs that make or open wallets check before, and tell after. */
final class Made {

    /** Beside what the derivation needs. */
    private static final long OTHER_MEMORY = 48L << 20;

    private Made() {}

    /** Says so before anything is asked for. */
    static void requireNone(Wallet wallet) throws CommandFailedException {
        if (wallet.exists()) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "wallet_exists",
                    "there is a wallet in " + wallet.folder() + "; it is left as it is",
                    "use it, or name another directory with --wallet DIR");
        }
    }

    /** Making a key of a password takes 256 MiB, which small machines' JVMs don't have at once. */
    static void requireMemory() throws CommandFailedException {
        long needed = ScryptCost.STANDARD.memory() + OTHER_MEMORY;
        if (Runtime.getRuntime().maxMemory() < needed) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "too_little_memory",
                    "a wallet's password takes "
                            + (needed >> 20)
                            + " MiB to check, so that thieves can't guess it fast; Java may use only "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB here",
                    "JDK_JAVA_OPTIONS=-Xmx400m flowshield wallet ...");
        }
    }

    static void print(Wallet wallet, Output output, String what) throws RefusedException {
        List<Map<String, Object>> accounts = new ArrayList<>();
        output.text("wallet " + what + ": " + wallet.folder());
        for (Account account : wallet.accounts()) {
            accounts.add(json(account));
            output.text(line(account));
        }
        if (output.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("wallet", wallet.folder().toString());
            json.put("accounts", accounts);
            output.json(json);
        }
    }

    static Map<String, Object> json(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", account.number());
        json.put("address", account.address().toString());
        json.put("origin", account.origin());
        return json;
    }

    static String line(Account account) {
        return "account " + account.number() + "  " + account.address() + "  " + account.origin();
    }
}
