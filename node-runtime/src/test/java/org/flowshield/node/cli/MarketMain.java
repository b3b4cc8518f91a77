package org.flowshield.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.node.treasury.TestMarket;

/**
 * A chain in a namespace of a lab, with a market on it that the lab's nodes take part in:
 *
 * <pre>
 *  NETWORK-FILE ADDRESS PORT SIGNER CLIENT-OPERATOR PROVIDER-OPERATOR [SECOND-OPERATOR [LEFT]]
 * </pre>
 *
 * A SIGNER of {@code -} leaves purse and authority to the wallet's owner, an operator of {@code -}
 * gets no gas, and is named by nobody. With LEFT, an account has staked, has so much FLOW left and
 * no gas. Says {@code ready} with the wallet and the payees, and lasts until it is ended.
 */
public final class MarketMain {

    private MarketMain() {}

    /** Arguments: see the class. */
    public static void main(String[] arguments) throws Exception {
        String address = arguments[1];
        int port = Integer.parseInt(arguments[2]);
        try (TestMarket market = TestMarket.open();
                ServerSocket outside = new ServerSocket(port, 64, InetAddress.ofLiteral(address))) {
            if (!arguments[3].equals("-")) {
                market.deposit("20");
                market.authorise(EvmAddress.parse(arguments[3]), "10", "5");
            }
            if (!arguments[4].equals("-")) {
                market.fuel(EvmAddress.parse(arguments[4]));
            }
            if (!arguments[5].equals("-")) {
                market.fuel(EvmAddress.parse(arguments[5]));
                market.allowOperator(EvmAddress.parse(arguments[5]));
            }
            NetworkFile.write(
                    market.network(URI.create("http://" + address + ":" + port)),
                    Path.of(arguments[0]));
            String second = "";
            if (arguments.length > 6 && !arguments[6].equals("-")) {
                EvmAddress operator = EvmAddress.parse(arguments[6]);
                market.fuel(operator);
                second = " " + market.secondProvider(operator);
            }
            if (arguments.length > 7) {
                EvmAddress _ = market.stakeWithLastGas(arguments[7]);
            }
            System.out.println("ready " + market.wallet() + " " + market.payee() + second);
            while (true) {
                Socket from = outside.accept();
                URI rpc = market.anvil().uri();
                Thread _ = Thread.ofVirtual().start(() -> pass(from, rpc));
            }
        }
    }

    /** Anvil listens on the namespace's own loopback address only. */
    private static void pass(Socket from, URI rpc) {
        try (from;
                Socket to = new Socket()) {
            to.connect(new InetSocketAddress(rpc.getHost(), rpc.getPort()));
            Thread back = Thread.ofVirtual().start(() -> copy(to, from));
            copy(from, to);
            back.join();
        } catch (IOException e) {
            System.err.println("a connection to the chain broke: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            long _ = in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            System.err.println("a connection to the chain broke: " + e);
        }
    }
}
