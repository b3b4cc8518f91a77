package org.flowshield.node.cli.identity;

import org.flowshield.node.cli.money.CarryOptions;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;

/** A verb that a wallet without gas can have carried. */
abstract class CarriedVerb extends NodeVerb {

    @ArgGroup(exclusive = false)
    private @Nullable CarryOptions carried;

    @Override
    final IdentityDesk by(IdentityDesk desk) {
        return carried != null && carried.isCarried() ? desk.carriedBy(carried.via()) : desk;
    }
}
