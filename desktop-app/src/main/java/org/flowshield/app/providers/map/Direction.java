package org.flowshield.app.providers.map;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Where an arrow key goes on the map. */
enum Direction {
    LEFT(-1, 0),
    RIGHT(1, 0),
    UP(0, -1),
    DOWN(0, 1);

    /** What lies aside counts so much more than what lies ahead. */
    private static final double ASIDE = 2;

    private final int x;
    private final int y;

    Direction(int x, int y) {
        this.x = x;
        this.y = y;
    }

    /** The nearest of those that lie that way, if one does. */
    Optional<WorldShapes.Shape> nearest(
            WorldShapes.Shape from, Collection<WorldShapes.Shape> others) {
        return others.stream()
                .filter(to -> ahead(from, to) > 0)
                .min(Comparator.comparingDouble(to -> ahead(from, to) + ASIDE * aside(from, to)));
    }

    private double ahead(WorldShapes.Shape from, WorldShapes.Shape to) {
        return (to.x() - from.x()) * x + (to.y() - from.y()) * y;
    }

    private double aside(WorldShapes.Shape from, WorldShapes.Shape to) {
        return Math.abs((to.x() - from.x()) * y) + Math.abs((to.y() - from.y()) * x);
    }
}
