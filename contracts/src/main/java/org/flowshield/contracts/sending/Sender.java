package org.flowshield.contracts.sending;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;

/**
 * Sends the transactions of one wallet. Safe for use by any thread: each transaction has a number
 * of its own, given here. Its methods wait for the chain; call them from virtual threads.
 *
 * <p>Nothing is sent that the chain says would fail. Trouble with the RPC is an {@link
 * RpcException}, never a refusal: a transaction whose handing in failed that way may have arrived,
 * keeps its number, and is found or handed in again by {@link #await}.
 */
public final class Sender {

    /** Blocks whose prices count: about four minutes on the main chain. */
    private static final int FEE_BLOCKS = 20;

    /** State may change between the estimate and the block. */
    private static final int GAS_MARGIN_PERCENT = 20;

    /** No transaction may have more (EIP-7825). */
    private static final long MAX_GAS = 1L << 24;

    private static final int PERCENT = 100;

    private final Chain chain;
    private final TransactionSigner signer;
    private final SenderSettings settings;
    private final FeePolicy feePolicy;
    private final Time time;
    private final NonceLine nonces = new NonceLine();

    public Sender(Chain chain, TransactionSigner signer, SenderSettings settings, Time time) {
        this.chain = chain;
        this.signer = signer;
        this.settings = settings;
        this.feePolicy = new FeePolicy(settings);
        this.time = time;
    }

    /** Whose transactions these are. */
    public EvmAddress address() {
        return signer.address();
    }

    /** What the call would cost, if the chain would do it and the wallet can pay for it. */
    public Preview preview(Call call) throws RpcException, RejectedException {
        if (call.needsContract()) {
            requireContract(call);
        }
        Fees fees = feePolicy.quote(chain.feeHistory(FEE_BLOCKS));
        long estimate = chain.estimateGas(signer.address(), call);
        long gas = Math.min(MAX_GAS, withMargin(estimate) + call.spareGas());
        Preview preview = new Preview(call, signer.address(), gas, fees);
        requireGasCoin(preview);
        return preview;
    }

    private void requireContract(Call call) throws RpcException, RejectedException {
        Optional<EvmAddress> contract = call.to();
        if (contract.isPresent() && !chain.hasCode(contract.get())) {
            throw new RejectedException(
                    Rejection.Kind.NO_CONTRACT,
                    "there is no contract at "
                            + contract.get()
                            + " on chain "
                            + chain.id()
                            + ". Nothing was sent; the network file is wrong or the contracts"
                            + " are not deployed there");
        }
    }

    private void requireGasCoin(Preview preview) throws RpcException, RejectedException {
        Wei balance = chain.balance(signer.address());
        if (preview.atMost().isMoreThan(balance)) {
            throw new RejectedException(
                    Rejection.Kind.GAS_COIN_MISSING,
                    "this can cost up to "
                            + preview.atMost().in(settings.gasSymbol())
                            + " and the wallet "
                            + signer.address()
                            + " has "
                            + balance.in(settings.gasSymbol())
                            + ". Nothing was sent; send some "
                            + settings.gasSymbol()
                            + " to it first, or let a relayer carry the order");
        }
    }

    private static long withMargin(long gas) {
        return Math.min(MAX_GAS, gas + gas * GAS_MARGIN_PERCENT / PERCENT);
    }

    /**
     * Numbers and signs what was previewed, without handing it in: whoever must not forget it keeps
     * it now. The number is used until {@link #await} has an outcome or {@link #abandon} is called.
     */
    public Sent sign(Preview preview) throws RpcException, RejectedException {
        long nonce = nonces.take(chain.pendingNonce(signer.address()));
        boolean signed = false;
        try {
            Sent sent = Eip1559.sign(preview, nonce, chain.id(), signer);
            signed = true;
            return sent;
        } finally {
            if (!signed) {
                nonces.giveBack(nonce);
            }
        }
    }

    /** Hands in a transaction; again is no harm. */
    public void submit(Sent sent) throws RpcException, RejectedException {
        try {
            chain.submit(sent.signed(), sent.hash());
        } catch (RejectedException e) {
            if (e.rejection().kind() != Rejection.Kind.NONCE_USED) {
                nonces.giveBack(sent.nonce());
                throw e;
            }
            // Nodes say so too of a transaction that is in a block already.
            if (!chain.knows(sent.hash())) {
                nonces.done(sent.nonce());
                throw e;
            }
        }
    }

    /** Gives the number of a transaction back that was never handed in. */
    public void abandon(Sent sent) {
        nonces.giveBack(sent.nonce());
    }

    /** Previews, signs and hands in. */
    public Sent send(Call call) throws RpcException, RejectedException {
        Sent sent = sign(preview(call));
        submit(sent);
        return sent;
    }

    /** Previews, signs, hands in and waits. */
    public Outcome execute(Call call, Progress progress)
            throws RpcException, RejectedException, InterruptedException {
        Sent sent = sign(preview(call));
        progress.happened(new Progress.Step.Signed(sent));
        try {
            submit(sent);
        } catch (RpcException e) {
            if (!e.passes()) {
                throw e;
            }
            // It may have arrived: waiting for it tells, and hands it in again if it has not.
        }
        return await(sent, progress);
    }

    /**
     * Waits until the transaction is confirmed, or nothing more is to be known within the patience
     * of the settings. Hands it in again when the chain forgot it, and offers more when it is
     * stuck.
     *
     * @throws RpcException if the RPC can't be believed; trouble that passes is waited out
     */
    public Outcome await(Sent sent, Progress progress) throws RpcException, InterruptedException {
        return await(List.of(sent), progress);
    }

    /**
     * Waits for whichever of these comes, which all have the same number.
     *
     * @param family oldest first: the last is the one that is handed in again
     * @throws IllegalArgumentException if there is none, or their numbers differ
     */
    public Outcome await(List<Sent> family, Progress progress)
            throws RpcException, InterruptedException {
        if (family.stream().mapToLong(Sent::nonce).distinct().count() != 1) {
            throw new IllegalArgumentException("transactions of one number, not of several");
        }
        Outcome outcome = new Watch(chain, this, settings, time, progress, family).run();
        switch (outcome) {
            case Outcome.Confirmed _, Outcome.Reverted _, Outcome.Replaced _ ->
                    nonces.done(family.getLast().nonce());
            case Outcome.Unknown _ -> {
                // Still on its way: its number stays taken.
            }
        }
        return outcome;
    }

    /** The same call with the same number for more: whichever comes first counts. */
    public Sent replace(Sent sent) throws RpcException, RejectedException {
        return again(sent, previewReplacement(sent));
    }

    /** Nothing, with the same number, for more: if it comes first, the other never happens. */
    public Sent cancel(Sent sent) throws RpcException, RejectedException {
        return again(sent, previewCancellation(sent));
    }

    /** What the same call would cost if it were offered more, enough to take the other's place. */
    public Preview previewReplacement(Sent sent) throws RpcException, RejectedException {
        return previewAgain(sent, sent.call(), sent.gasLimit());
    }

    /** What a payment of nothing to oneself would cost that takes the other's place. */
    public Preview previewCancellation(Sent sent) throws RpcException, RejectedException {
        Call nothing = Call.pay(signer.address(), Wei.ZERO, "cancels: " + sent.call().purpose());
        return previewAgain(
                sent, nothing, withMargin(chain.estimateGas(signer.address(), nothing)));
    }

    private Preview previewAgain(Sent sent, Call call, long gasLimit)
            throws RpcException, RejectedException {
        Fees fees = feePolicy.raise(sent.fees(), chain.feeHistory(FEE_BLOCKS));
        Preview preview = new Preview(call, signer.address(), gasLimit, fees);
        requireGasCoin(preview);
        return preview;
    }

    private Sent again(Sent sent, Preview preview) throws RpcException, RejectedException {
        Sent raised = Eip1559.sign(preview, sent.nonce(), chain.id(), signer);
        chain.submit(raised.signed(), raised.hash());
        return raised;
    }
}
