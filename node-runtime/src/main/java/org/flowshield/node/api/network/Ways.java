package org.flowshield.node.api.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.flowshield.node.api.network.MalformedWayException.Reason;

/** What lists of ways have in common. Pure. */
final class Ways {

    private Ways() {}

    /** Reads one, or looks at several together. */
    @FunctionalInterface
    interface Reading<F, T> {
        T of(F read) throws MalformedWayException;
    }

    /** Reads words; who is at fault has the place of the first that is wrong. */
    static <T> List<T> parse(
            Pattern between,
            String text,
            Reading<String, T> each,
            Reading<List<T>, List<T>> together)
            throws MalformedWayException {
        List<T> read = new ArrayList<>();
        for (String word : between.split(text, -1)) {
            if (word.isEmpty()) {
                continue;
            }
            try {
                read.add(each.of(word));
            } catch (MalformedWayException e) {
                throw e.at(read.size() + 1);
            }
        }
        return together.of(read);
    }

    /** Those, if none is there twice and there are not too many. */
    static <T> List<T> distinct(List<T> named, int most, String what) throws MalformedWayException {
        if (named.size() > most) {
            throw new MalformedWayException(Reason.TOO_MANY, "at most %d %s".formatted(most, what))
                    .at(most + 1);
        }
        Set<T> seen = new HashSet<>();
        for (int i = 0; i < named.size(); i++) {
            if (!seen.add(named.get(i))) {
                throw new MalformedWayException(Reason.TWICE, named.get(i) + " is named twice")
                        .at(i + 1);
            }
        }
        return List.copyOf(named);
    }
}
