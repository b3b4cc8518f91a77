package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.cli.SharingMachine.PATIENCE;
import static org.flowshield.node.cli.SharingMachine.ask;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.hours.Hours;
import org.flowshield.node.hours.WeeklyHours;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.Namespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * A daemon that shares in hours around the present one, or in others: with nobody at the machine,
 * over restarts, and with somebody who switches in between. Its clock is the machine's; hours that
 * begin and end while a test looks on are {@code OwnScheduleTest}'s.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ScheduleDaemonIT {

    private static final String FREE = "provider.free=true";

    /** The present hour, the one before and the one after: none ends while the test runs. */
    private static final WeeklyHours NOW = WeeklyHours.daily(around(-1, 2));

    private static final WeeklyHours LATER = WeeklyHours.daily(around(8, 10));

    private static Hours around(int from, int to) {
        int hour = Instant.now().atZone(ZoneId.systemDefault()).getHour();
        return new Hours(Math.floorMod(hour + from, 24), Math.floorMod(hour + to, 24));
    }

    @BeforeEach
    void needs_root() {
        assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        List<String> missing = Prerequisites.missingPackages();
        assumeTrue(missing.isEmpty(), "needs the packages " + missing);
    }

    @Test
    void shares_in_its_hours_and_respects_who_switches_in_between_over_restarts() throws Exception {
        try (Lab lab = Lab.create(line -> System.out.println("ScheduleDaemonIT: " + line))) {
            Files.createDirectories(lab.data(Namespace.PROVIDER));
            try (LabDaemon daemon = daemon(lab, "roles.enabled=", "provider.hours=" + NOW)) {
                beginsWithinItsHours(daemon);
                stopsWhenTheHoursAreOthers(daemon);
                isSwitchedOnByHand(daemon);
                daemon.end();
            }
            try (LabDaemon daemon = daemon(lab, "roles.enabled=")) {
                assertThat(role(daemon).state())
                        .as("what was switched by hand holds until the hours change")
                        .isEqualTo(RoleState.ON);
                ask(daemon, "share schedule --on").ok();
                await("the hours, which are others", () -> isOff(daemon));
                daemon.end();
            }
            try (LabDaemon daemon = daemon(lab, "roles.enabled=provider")) {
                assertThat(role(daemon).state())
                        .as("the schedule goes before the roles of the configuration")
                        .isEqualTo(RoleState.OFF);
                isLeftAloneWithoutASchedule(daemon);
                daemon.end();
            }
            try (LabDaemon daemon = daemon(lab, "roles.enabled=provider")) {
                assertThat(role(daemon))
                        .as("what was left as it was stays so")
                        .isEqualTo(plain(RoleState.OFF));
                daemon.end();
            }
        }
    }

    private static void beginsWithinItsHours(LabDaemon daemon) throws Exception {
        assertThat(role(daemon).state()).as(daemon.log()).isEqualTo(RoleState.ON);
        assertThat(role(daemon).until()).isAfter(Instant.now());
        assertThat(ask(daemon, "status").ok().out()).contains("provider on until ");
    }

    private static void stopsWhenTheHoursAreOthers(LabDaemon daemon) throws Exception {
        JsonNode changed = ask(daemon, "share schedule --json " + LATER).ok().json();
        assertThat(changed.get("hours").asString()).isEqualTo(LATER.toString());
        await("the end of the hours", () -> isOff(daemon));
        assertThat(ask(daemon, "status").ok().out())
                .contains("provider off until ", "by the schedule");
    }

    private static void isSwitchedOnByHand(LabDaemon daemon) throws Exception {
        ask(daemon, "role enable provider").ok();
        assertThat(daemon.api().schedule().status().byHand()).isTrue();
        assertThat(role(daemon).state()).isEqualTo(RoleState.ON);
    }

    private static void isLeftAloneWithoutASchedule(LabDaemon daemon) throws Exception {
        ask(daemon, "share schedule --off").ok();
        assertThat(role(daemon)).isEqualTo(plain(RoleState.OFF));
    }

    private static RoleStatus plain(RoleState state) {
        return new RoleStatus(RoleName.PROVIDER, state, null);
    }

    private static LabDaemon daemon(Lab lab, String... settings) throws Exception {
        String[] options = new String[2 + 2 * settings.length];
        options[0] = "--set";
        options[1] = FREE;
        for (int at = 0; at < settings.length; at++) {
            options[2 + 2 * at] = "--set";
            options[3 + 2 * at] = settings[at];
        }
        return LabDaemon.start(lab, Namespace.PROVIDER, FlowShield.class, options);
    }

    private static boolean isOff(LabDaemon daemon) throws Exception {
        return role(daemon).state() == RoleState.OFF;
    }

    private static RoleStatus role(LabDaemon daemon) throws Exception {
        return daemon.api().status().role(RoleName.PROVIDER);
    }

    private static void await(String what, Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.call()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(200_000_000);
        }
    }
}
