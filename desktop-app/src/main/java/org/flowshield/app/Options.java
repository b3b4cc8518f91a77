package org.flowshield.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of the app: few options, read without a library to be quick. Immutable. */
record Options(Map<String, String> values, Set<String> flags) {

    private static final Set<String> WITH_VALUE =
            Set.of("--socket", "--settings", "--wallet", "--network");
    private static final Set<String> FLAGS = Set.of("--version", "--help", "--train");

    static final String HELP =
            """
            Usage: flowshield-app [OPTIONS]

            Opens FlowShield's window.

              --socket FILE    the daemon's socket ($FLOWSHIELD_SOCKET, else /run/flowshield/api.sock)
              --wallet DIR     the wallet ($FLOWSHIELD_WALLET, else ~/.local/share/flowshield/wallet)
              --network FILE   the network file ($FLOWSHIELD_NETWORK): chain, contracts, bootstrap peers
              --settings FILE  what you have chosen for the app (~/.config/flowshield/app.json)
              --version        prints the version
              --help           prints this
            """;

    /**
     * @throws IllegalArgumentException if one is unknown or lacks its value; the message is for
     *     people
     */
    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        Set<String> flags = new java.util.HashSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (FLAGS.contains(name)) {
                flags.add(name);
            } else if (!WITH_VALUE.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no option '" + name + "'; see flowshield-app --help");
            } else if (++i == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            } else {
                values.put(name, arguments.get(i));
            }
        }
        return new Options(Map.copyOf(values), Set.copyOf(flags));
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }
}
