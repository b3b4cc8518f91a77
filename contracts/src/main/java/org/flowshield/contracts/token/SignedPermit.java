package org.flowshield.contracts.token;

import java.time.Instant;
import org.flowshield.contracts.signing.Eip712Domain;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.signing.SigningKey;

/** A permit and its owner's signature. Immutable. */
public record SignedPermit(Permit permit, Signature signature) {

    /** Signs a permit for the token of this domain. */
    public static SignedPermit sign(Permit permit, Eip712Domain token, SigningKey key) {
        return new SignedPermit(permit, key.sign(permit.digest(token)));
    }

    /** Whether it is too late for it. */
    public boolean isExpired(Instant now) {
        return now.isAfter(permit.deadline());
    }
}
