package org.flowshield.node.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.role.MemoryTimetable;
import org.flowshield.node.role.Role;
import org.junit.jupiter.api.Test;

final class ScheduleKeeperTest {

    private final List<String> told = new ArrayList<>();
    private final MemoryTimetable timetable = new MemoryTimetable(() -> {});
    private boolean refuses;
    private final RoleLife life = new RoleLife(new TestRole(), () -> {});
    private final ScheduleKeeper keeper = new ScheduleKeeper(timetable, life);

    private final class TestRole implements Role {

        @Override
        public RoleName name() {
            return RoleName.PROVIDER;
        }

        @Override
        public void start() throws RefusedException {
            told.add("start");
            if (refuses) {
                throw new RefusedException(Kind.REFUSED, new Problem("no_price", "none", "one"));
            }
        }

        @Override
        public void stop() {
            told.add("stop");
        }

        @Override
        public void onChange(Runnable listener) {
            // nothing changes by itself
        }

        @Override
        public Optional<Problem> problem() {
            return Optional.empty();
        }
    }

    @Test
    void does_nothing_where_nobody_wants_anything() throws Exception {
        keeper.look();
        assertThat(told).isEmpty();
    }

    @Test
    void switches_on_and_off_as_it_is_wanted_once_each() throws Exception {
        timetable.want(false);
        keeper.look();
        timetable.want(true);
        keeper.look();
        keeper.look();
        assertThat(life.isOn()).isTrue();
        timetable.want(false);
        keeper.look();
        keeper.look();
        assertThat(told).containsExactly("start", "stop");
    }

    @Test
    void leaves_alone_what_is_so_already() throws Exception {
        var _ = life.enable();
        timetable.want(true);
        keeper.look();
        assertThat(told).containsExactly("start");
    }

    @Test
    void what_is_switched_by_hand_is_not_switched_back() throws Exception {
        timetable.want(true);
        keeper.look();
        var _ = life.disable();
        keeper.look();
        assertThat(life.isOn()).isFalse();
    }

    @Test
    void what_was_refused_is_tried_again_after_a_while() throws Exception {
        refuses = true;
        timetable.want(true);
        for (int look = 0; look < ScheduleKeeper.LOOKS_BETWEEN_ATTEMPTS; look++) {
            keeper.look();
        }
        assertThat(told).containsExactly("start");
        assertThat(life.status().state()).isEqualTo(RoleState.FAILED);
        refuses = false;
        keeper.look();
        assertThat(life.isOn()).isTrue();
    }

    @Test
    void a_refusal_does_not_keep_the_end_of_the_hours_from_being_noticed() throws Exception {
        refuses = true;
        timetable.want(true);
        keeper.look();
        timetable.want(false);
        keeper.look();
        assertThat(life.status().state()).isEqualTo(RoleState.OFF);
    }
}
