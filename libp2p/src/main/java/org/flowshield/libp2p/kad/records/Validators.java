package org.flowshield.libp2p.kad.records;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.flowshield.libp2p.kad.records.InvalidValueException.Reason;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * The validator of each namespace. Immutable; values of any other namespace are refused.
 *
 * @param byNamespace without slashes
 */
public record Validators(Map<String, Validator> byNamespace) {

    /** {@code /pk/}, which every node of libp2p has, and {@code /v/} for trials. */
    public static final Validators DEFAULT =
            new Validators(Map.of("pk", new PublicKeys(), "v", new GreatestValue()));

    public Validators {
        byNamespace = Map.copyOf(byNamespace);
    }

    public Validators with(String namespace, Validator validator) {
        Map<String, Validator> more = new HashMap<>(byNamespace);
        more.put(namespace, validator);
        return new Validators(more);
    }

    /** The validator of a key's namespace. */
    public Validator of(RecordKey key) throws InvalidValueException {
        String text = new String(key.bytes(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('/', 1);
        if (!text.startsWith("/") || end < 2) {
            throw new InvalidValueException(
                    Reason.NO_NAMESPACE, "the key " + key + " has not the form /namespace/...");
        }
        String namespace = text.substring(1, end);
        @Nullable Validator validator = byNamespace.get(namespace);
        if (validator == null) {
            throw new InvalidValueException(
                    Reason.UNKNOWN_NAMESPACE,
                    "nobody here can check values of the namespace /" + namespace + "/");
        }
        return validator;
    }
}
