package org.flowshield.app.share;

import java.time.LocalDate;
import java.util.List;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.api.payment.SessionPayment;

/**
 * What a status tells of money that comes in: when it is another, so is what each day has brought.
 * Immutable.
 *
 * @param earned in all, as the daemon summed it up last
 * @param settled of that
 * @param paid by each client that is connected, which is known sooner
 * @param day that the newest bar is for
 */
record Income(TokenAmount earned, TokenAmount settled, List<TokenAmount> paid, LocalDate day) {

    Income {
        paid = List.copyOf(paid);
    }

    static Income of(NodeStatus status, LocalDate day) {
        ProviderStatus provider = status.provider();
        return new Income(
                status.payment().earned(),
                status.payment().settled(),
                provider == null
                        ? List.of()
                        : provider.sessions().stream().map(Income::paid).toList(),
                day);
    }

    private static TokenAmount paid(SessionStatus session) {
        SessionPayment payment = session.payment();
        return payment == null ? TokenAmount.ZERO : payment.paid();
    }
}
