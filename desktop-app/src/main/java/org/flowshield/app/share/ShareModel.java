package org.flowshield.app.share;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.account.AccountChoice;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.desk.share.ShareLook;
import org.flowshield.node.desk.share.ShareStanding;
import org.jspecify.annotations.Nullable;

/** What the page shows. For the FX thread. */
final class ShareModel {

    /** Which of its faces. */
    enum Page {
        /** What it means, and whether the person wants it. */
        CONSENT,
        /** It is found out how it stands. */
        LOADING,
        /** There is no wallet that could be paid. */
        NO_WALLET,
        /** What it shall cost. */
        OFFER,
        /** How it goes. */
        RUNNING
    }

    /** What is wrong with something that was typed. */
    enum Fault {
        NONE,
        PRICE,
        LIMIT
    }

    private final AccountChoice account = new AccountChoice();
    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(Page.LOADING);
    private final ObjectProperty<@Nullable NodeStatus> status = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable SellingStatus> selling = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable ShareStanding> standing = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable ShareLook> look = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Earnings> earnings = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable ScheduleStatus> schedule = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final ObjectProperty<Fault> fault = new SimpleObjectProperty<>(Fault.NONE);
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty price = new SimpleStringProperty("");
    private final StringProperty limit = new SimpleStringProperty("");
    private final StringProperty country = new SimpleStringProperty("");
    private final StringProperty settled = new SimpleStringProperty("");

    /** Which of the wallet's accounts stakes and is paid. */
    AccountChoice account() {
        return account;
    }

    ObjectProperty<Page> page() {
        return page;
    }

    /** The daemon's; null while it does not answer. */
    ObjectProperty<@Nullable NodeStatus> status() {
        return status;
    }

    /** The daemon's offer; null while it was not asked. */
    ObjectProperty<@Nullable SellingStatus> selling() {
        return selling;
    }

    /** With what the chain says; null while it was not asked. */
    ObjectProperty<@Nullable ShareStanding> standing() {
        return standing;
    }

    /** What is missing for the offer that was typed; null: nobody asked. */
    ObjectProperty<@Nullable ShareLook> look() {
        return look;
    }

    ObjectProperty<@Nullable Earnings> earnings() {
        return earnings;
    }

    /** The daemon's hours, as they were chosen last; null while it was not asked. */
    ObjectProperty<@Nullable ScheduleStatus> schedule() {
        return schedule;
    }

    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    /** What can't be used of what was typed. */
    ObjectProperty<Fault> fault() {
        return fault;
    }

    /** Something was asked for and is not answered yet. */
    BooleanProperty busy() {
        return busy;
    }

    /** FLOW per GiB, as typed. */
    StringProperty price() {
        return price;
    }

    /** Mbit/s, as typed. */
    StringProperty limit() {
        return limit;
    }

    /** Two letters; empty: it is not said. */
    StringProperty country() {
        return country;
    }

    /** What came of settling, in words; empty: it was not asked for. */
    StringProperty settled() {
        return settled;
    }
}
