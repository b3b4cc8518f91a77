package org.flowshield.libp2p.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BansTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Bans bans = new Bans(3);
    private long now = Long.MAX_VALUE - 5;

    @Test
    void a_ban_ends_by_itself() {
        bans.add(target(1), HOUR, now);

        assertThat(bans.has(target(1), now + HOUR.toNanos() - 1)).isTrue();
        assertThat(bans.has(target(1), now + HOUR.toNanos())).isFalse();
        assertThat(bans.size()).isZero();
    }

    @Test
    void a_longer_ban_replaces_a_shorter_one_and_not_the_other_way_round() {
        bans.add(target(1), HOUR.multipliedBy(2), now);
        bans.add(target(1), HOUR, now);

        assertThat(bans.list(now)).containsExactly(new Ban(target(1), HOUR.multipliedBy(2)));
    }

    @Test
    void the_one_that_ends_first_gives_way_when_the_table_is_full() {
        bans.add(target(1), HOUR.multipliedBy(3), now);
        bans.add(target(2), HOUR, now);
        bans.add(target(3), HOUR.multipliedBy(2), now);
        bans.add(target(4), HOUR.multipliedBy(4), now);

        assertThat(bans.size()).isEqualTo(3);
        assertThat(bans.has(target(2), now)).isFalse();
        assertThat(bans.has(target(4), now)).isTrue();
    }

    @Test
    void those_that_have_ended_make_room_first() {
        bans.add(target(1), Duration.ofSeconds(1), now);
        bans.add(target(2), HOUR, now);
        bans.add(target(3), HOUR, now);
        now += HOUR.toNanos() / 2;
        bans.add(target(4), Duration.ofSeconds(1), now);

        assertThat(bans.has(target(2), now)).isTrue();
        assertThat(bans.has(target(3), now)).isTrue();
        assertThat(bans.has(target(4), now)).isTrue();
    }

    @Test
    void can_be_lifted_and_may_last_for_ever() {
        bans.add(target(1), Duration.ofSeconds(Long.MAX_VALUE), now);

        assertThat(bans.has(target(1), now + HOUR.toNanos())).isTrue();
        assertThat(bans.remove(target(1))).isTrue();
        assertThat(bans.remove(target(1))).isFalse();
        assertThat(bans.has(target(1), now)).isFalse();
    }

    @Test
    void a_ban_of_no_duration_is_a_mistake() {
        assertThatThrownBy(() -> bans.add(target(1), Duration.ZERO, now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BanTarget target(int number) {
        return new BanTarget.Address(new Origin(true, number));
    }
}
