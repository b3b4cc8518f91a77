package org.flowshield.app.share;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.desk.share.ShareLook;
import org.flowshield.node.desk.share.ShareStanding;
import org.flowshield.node.desk.share.Shared;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.hours.MalformedHoursException;
import org.flowshield.node.hours.WeeklyHours;
import org.flowshield.node.identity.Roles;

/** What is said about sharing in tests. */
final class Shares {

    private static final Bytes32 ZERO = new Bytes32(new byte[32]);

    private Shares() {}

    static SellingStatus nothingSold() {
        return new SellingStatus(
                new ProviderOffer(null, null, null, null, null), false, false, null);
    }

    static SellingStatus sold() {
        return new SellingStatus(
                new ProviderOffer(Wallets.flow("0.25"), Wallets.OWN, "50 Mbit/s", "NL", true),
                false,
                false,
                null);
    }

    /** A daemon that was never told of any hours. */
    static ScheduleStatus unscheduled() {
        return new ScheduleStatus(false, WeeklyHours.NEVER, "Europe/Berlin", null, false, null);
    }

    static ScheduleStatus scheduled(boolean enabled, String hours) {
        try {
            return new ScheduleStatus(
                    enabled,
                    WeeklyHours.parse(hours),
                    "Europe/Berlin",
                    enabled ? Boolean.TRUE : null,
                    false,
                    null);
        } catch (MalformedHoursException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ShareLook look() {
        return new ShareLook(
                Statuses.PEER,
                Wallets.flow("500"),
                TokenAmount.ZERO,
                Wallets.flow("500"),
                Wallets.flow("500"),
                Wallets.flow("1250.5"),
                Wallets.gas("0.25"),
                null,
                Duration.ofDays(14),
                new Plan(
                        "share",
                        List.of(
                                new Planned.Stake(Wallets.flow("500"), Wallets.flow("500")),
                                new Planned.BindNode(Statuses.PEER, Set.of(Roles.PROVIDER)),
                                new Planned.EnterMarket(Statuses.PEER))));
    }

    static Shared shared() {
        return new Shared(
                new Ending.Done(Wallets.HASH, 1_204_113, Wallets.gas("0.0003")), null, null);
    }

    static ShareStanding standing() {
        return new ShareStanding(
                Statuses.PEER,
                sold(),
                null,
                new RoleStatus(RoleName.PROVIDER, RoleState.OFF, null),
                BindingStatus.BOUND,
                new Stake(
                        Wallets.flow("500"),
                        Wallets.flow("100"),
                        Instant.parse("2026-03-09T08:00:00Z")),
                Wallets.flow("500"),
                new ProviderEntry(
                        ProviderStatus.REGISTERED, Contexts.NOW, Instant.EPOCH, ZERO, ZERO),
                true);
    }

    static Earnings earnings() {
        return earnings("61.2");
    }

    static Earnings earnings(String ever) {
        List<Earnings.Day> days = new ArrayList<>();
        String[] earned = {"4.2", "6.1", "3.3", "0.4", "7.9", "8.8", "5.2", "2.1", "9.4", "6.6"};
        for (int back = 0; back < earned.length; back++) {
            days.add(
                    new Earnings.Day(
                            LocalDate.of(2026, 3, 1).minusDays(back),
                            Wallets.flow(earned[back]),
                            TokenAmount.ZERO,
                            18_000_000_000L + back * 1_000_000_000L,
                            12 + back));
        }
        return new Earnings(
                days,
                Wallets.flow(ever),
                Wallets.flow("48"),
                Wallets.flow(ever).minus(Wallets.flow("48")),
                null);
    }

    static Settlement settlement(String amount, Settlement.State state) {
        return new Settlement(new ChannelId(ZERO), Wallets.flow(amount), Wallets.HASH, state, null);
    }
}
