package org.flowshield.app.providers.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorldShapesTest {

    private final WorldShapes world = WorldShapes.load();

    @Test
    void nearly_every_country_has_a_place_and_all_are_on_the_map() {
        Set<String> iso = new HashSet<>(Arrays.asList(Locale.getISOCountries()));
        List<String> codes =
                world.shapes().stream()
                        .map(WorldShapes.Shape::code)
                        .filter(Objects::nonNull)
                        .toList();
        assertThat(codes).doesNotHaveDuplicates().allMatch(iso::contains);
        assertThat(codes).hasSizeGreaterThan(225).contains("NL", "SG", "HK", "MT", "LU", "FJ");
        assertThat(world.shapes())
                .allMatch(shape -> shape.x() >= 0 && shape.x() <= world.width())
                .allMatch(shape -> shape.y() >= 0 && shape.y() <= world.height());
    }

    @Test
    void no_shape_goes_around_the_back_of_the_world() {
        for (WorldShapes.Shape shape : world.shapes()) {
            for (String ring : shape.path().split("Z", -1)) {
                double[] xs =
                        Arrays.stream(ring.replace("M", "").split("L", -1))
                                .filter(point -> !point.isEmpty())
                                .mapToDouble(
                                        point ->
                                                Double.parseDouble(
                                                        point.substring(0, point.indexOf(','))))
                                .toArray();
                double width =
                        Arrays.stream(xs).max().orElse(0) - Arrays.stream(xs).min().orElse(0);
                assertThat(width).as("a ring of " + shape.code()).isLessThan(world.width() / 2);
            }
        }
    }

    @Test
    void places_are_where_they_are_on_earth() {
        assertThat(shape("US").x()).isLessThan(shape("GB").x());
        assertThat(shape("GB").x()).isLessThan(shape("JP").x());
        assertThat(shape("SE").y()).isLessThan(shape("ZA").y());
        assertThat(shape("FR").x()).isBetween(460.0, 540.0); // the mainland, not Guiana
    }

    @Test
    void arrows_go_to_the_nearest_that_way() {
        List<WorldShapes.Shape> some = List.of(shape("US"), shape("GB"), shape("JP"), shape("ZA"));
        assertThat(code(Direction.RIGHT.nearest(shape("GB"), some))).isEqualTo("JP");
        assertThat(code(Direction.LEFT.nearest(shape("GB"), some))).isEqualTo("US");
        assertThat(code(Direction.DOWN.nearest(shape("GB"), some))).isEqualTo("ZA");
        assertThat(Direction.LEFT.nearest(shape("US"), some)).isEmpty();
    }

    private WorldShapes.Shape shape(String code) {
        return world.shapes().stream()
                .filter(shape -> code.equals(shape.code()))
                .findFirst()
                .orElseThrow();
    }

    private static String code(Optional<WorldShapes.Shape> shape) {
        return String.valueOf(shape.orElseThrow().code());
    }
}
