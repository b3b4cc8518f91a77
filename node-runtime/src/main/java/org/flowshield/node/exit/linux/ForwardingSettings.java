package org.flowshield.node.exit.linux;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.restore.Change.Setting;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;

/**
 * The kernel settings of a machine that forwards, and all that the kernel changes along with them:
 * switching forwarding on or off overwrites the settings of each interface.
 */
final class ForwardingSettings {

    private static final String OFF = "0";
    private static final String ON = "1";
    private static final String EVEN_WHEN_FORWARDING = "2";

    private ForwardingSettings() {}

    /**
     * What changes on this machine; nothing where it forwards already. A setting that has our value
     * already is listed too: the kernel takes it away when forwarding is switched off.
     */
    static List<Setting> of(Machine machine, boolean ipv6) throws MachineException {
        List<Setting> settings = new ArrayList<>();
        if (isOff(machine, "ipv4/ip_forward")) {
            settings.add(new Setting("ipv4/ip_forward", OFF, ON));
            settings.addAll(forwardingOfEach(machine, "ipv4/conf"));
            machine.setting("ipv4/conf/all/accept_redirects")
                    .map(before -> new Setting("ipv4/conf/all/accept_redirects", before, OFF))
                    .ifPresent(settings::add);
        }
        if (ipv6 && isOff(machine, "ipv6/conf/all/forwarding")) {
            settings.addAll(advertisementsAccepted(machine));
            settings.add(new Setting("ipv6/conf/all/forwarding", OFF, ON));
            settings.addAll(forwardingOfEach(machine, "ipv6/conf"));
        }
        return settings;
    }

    private static boolean isOff(Machine machine, String path) throws MachineException {
        return machine.setting(path).filter(OFF::equals).isPresent();
    }

    private static List<Setting> forwardingOfEach(Machine machine, String folder)
            throws MachineException {
        List<Setting> settings = new ArrayList<>();
        for (String device : machine.settings(folder)) {
            if (!device.equals("all")) { // the one that sets the others
                String path = folder + "/" + device + "/forwarding";
                machine.setting(path)
                        .map(before -> new Setting(path, before, ON))
                        .ifPresent(settings::add);
            }
        }
        return settings;
    }

    /**
     * A machine that forwards ignores router advertisements unless told twice, and would lose its
     * own default route.
     */
    private static List<Setting> advertisementsAccepted(Machine machine) throws MachineException {
        List<Setting> settings = new ArrayList<>();
        for (String device : machine.settings("ipv6/conf")) {
            String path = "ipv6/conf/" + device + "/accept_ra";
            if (machine.setting(path).filter(ON::equals).isPresent()) {
                settings.add(new Setting(path, ON, EVEN_WHEN_FORWARDING));
            }
        }
        return settings;
    }
}
