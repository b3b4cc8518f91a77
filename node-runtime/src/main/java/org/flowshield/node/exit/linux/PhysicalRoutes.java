package org.flowshield.node.exit.linux;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.Change.Family;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;

/**
 * Rules by which sessions' packets keep to the machine's own routes, also where a client on the
 * same machine leads everything into its tunnel: they stand before its rules (18000 and on), in
 * whichever order the two begin and end.
 *
 * <pre>
 *  17990  from the exit's device -> main
 *  17991  from the exit's device -> unreachable, never into the user's own tunnel
 *  17992  to the sessions        -> main
 * </pre>
 */
final class PhysicalRoutes {

    static final int FIRST_PRIORITY = 17_990;

    private static final String MAIN = "main";

    private PhysicalRoutes() {}

    static List<Change.Rule> of(ExitPlan plan, Machine machine) throws MachineException {
        List<Change.Rule> rules = new ArrayList<>(of(Family.V4, plan.device(), plan.pool4()));
        if (!machine.settings("ipv6").isEmpty()) {
            rules.addAll(of(Family.V6, plan.device(), plan.pool6()));
        }
        return rules;
    }

    private static List<Change.Rule> of(Family family, String device, Cidr pool) {
        return List.of(
                rule(family, 0, "iif", device, "lookup", MAIN),
                rule(family, 1, "iif", device, "unreachable"),
                rule(family, 2, "to", pool.toString(), "lookup", MAIN));
    }

    private static Change.Rule rule(Family family, int place, String... words) {
        List<String> rule = new ArrayList<>();
        rule.add("pref");
        rule.add(Integer.toString(FIRST_PRIORITY + place));
        rule.addAll(List.of(words));
        return new Change.Rule(family, rule);
    }

    static List<String> command(Change.Rule rule) {
        List<String> command =
                new ArrayList<>(List.of("ip", rule.family().option(), "rule", "add"));
        command.addAll(rule.words());
        return command;
    }
}
