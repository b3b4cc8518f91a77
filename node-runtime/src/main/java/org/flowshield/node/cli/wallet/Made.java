package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.cli.Output;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.agent.AgentAccount;
import org.flowshield.node.wallet.agent.AgentStatus;

/** Wallets and accounts as verbs print them. */
final class Made {

    private Made() {}

    static void print(WalletDesk wallet, List<Account> accounts, Output output, String what)
            throws DeskException {
        String folder = wallet.state().folder().toString();
        output.text("wallet " + what + ": " + folder);
        accounts.forEach(account -> output.text(line(account)));
        if (output.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("wallet", folder);
            json.put("accounts", accounts.stream().map(Made::json).toList());
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

    /** Where it stands, in one of two forms. */
    static void print(WalletState state, Output output) {
        if (output.json()) {
            output.json(ApiJson.strict().valueToTree(status(state)));
        } else {
            output.text(words(state));
        }
    }

    private static AgentStatus status(WalletState state) {
        return switch (state) {
            case WalletState.None(Path folder) ->
                    new AgentStatus(false, folder.toString(), List.of(), null);
            case WalletState.Locked(Path folder, _, _) ->
                    new AgentStatus(false, folder.toString(), List.of(), null);
            case WalletState.Unlocked(Path folder, List<Account> accounts, _, Instant locksAt) ->
                    new AgentStatus(
                            true,
                            folder.toString(),
                            accounts.stream()
                                    .map(
                                            each ->
                                                    new AgentAccount(
                                                            each.number(),
                                                            each.address().toString(),
                                                            each.origin()))
                                    .toList(),
                            locksAt);
        };
    }

    private static String words(WalletState state) {
        return state instanceof WalletState.Unlocked(Path folder, _, _, Instant locksAt)
                ? "unlocked: "
                        + folder
                        + ", until "
                        + DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                                .withZone(ZoneId.systemDefault())
                                .format(locksAt)
                        + " if nothing is signed"
                : "locked: " + state.folder();
    }
}
