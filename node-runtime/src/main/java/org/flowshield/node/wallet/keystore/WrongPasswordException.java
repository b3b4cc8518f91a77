package org.flowshield.node.wallet.keystore;

/** The password is not that of the file. All wrong passwords look the same. */
public final class WrongPasswordException extends Exception {

    WrongPasswordException() {
        super("the password is wrong");
    }
}
