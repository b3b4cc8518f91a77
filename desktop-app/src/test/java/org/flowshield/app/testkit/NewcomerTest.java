package org.flowshield.app.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.node.desk.wallet.NewWords;

/** A test of somebody who begins with the first run, and makes a wallet in it. */
public abstract class NewcomerTest extends UiTest {

    /**
     * From the first page to the one about the service, which comes when the wallet is made.
     *
     * @return the words that were shown, in their order
     */
    protected List<String> makeWallet(String password) {
        click("first-run-begin");
        await("a choice", () -> isThere("first-run-create"));
        click("first-run-create");
        await("words", () -> isThere("words-reveal"));
        click("words-reveal");
        List<String> words = new ArrayList<>();
        for (int place = 1; place <= 12; place++) {
            words.add(text("word-" + place));
        }
        click("words-written");
        for (int round = 1; round <= NewWords.ASKED; round++) {
            Toolkit.settle();
            int place = Integer.parseInt(text("verify-asked").replaceAll("\\D+", ""));
            click(option(words.get(place - 1)));
        }
        await("a password", () -> isThere("password"));
        click("password");
        type(password);
        click("password-again");
        type(password);
        click("password-next");
        await("the page about the service", () -> isThere("service-next"));
        return words;
    }

    /** Types a wallet's password where it is asked for, and waits until it was right. */
    protected void unlock(String id, String password) {
        await("the password is asked for", () -> isThere(id + "-password"));
        click(id + "-password");
        type(password);
        click(id + "-do");
        await("unlocked", () -> !isThere(id + "-password"));
    }

    private String option(String word) {
        return Stream.of("verify-0", "verify-1", "verify-2", "verify-3")
                .filter(id -> text(id).equals(word))
                .findFirst()
                .orElseThrow();
    }
}
