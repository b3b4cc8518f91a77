package org.flowshield.node.wallet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The accounts of a wallet in their order, as a file lists them. What it does not list is no part
 * of the wallet, so that writing it is what makes several changed files count at once. Immutable.
 *
 * @param seed the name of the file of the seed, if the wallet has one
 * @param retired files of an old password, named from the wallet's directory, that are to be
 *     deleted
 */
record AccountList(List<Account> accounts, String seed, List<String> retired) {

    /** More are no wallet but a database. */
    static final int MAX_ACCOUNTS = 256;

    private static final int VERSION = 1;
    private static final int MAX_NESTING = 4;
    private static final int MAX_STRING = 256;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_NESTING)
                                                    .maxStringLength(MAX_STRING)
                                                    .build())
                                    .build())
                    .build();

    /** Deleting takes no other files than such. */
    private static final Pattern RETIRED =
            Pattern.compile("(" + WalletFiles.KEYSTORE + "/)?[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

    AccountList {
        accounts = List.copyOf(accounts);
        retired = List.copyOf(retired);
        if (!RETIRED.matcher(seed).matches() || seed.contains("/")) {
            throw new IllegalArgumentException("the seed's file is named without a folder");
        }
        if (!retired.stream().allMatch(name -> RETIRED.matcher(name).matches())) {
            throw new IllegalArgumentException("old files are the wallet's own");
        }
        Set<EvmAddress> addresses = new HashSet<>();
        for (int number = 0; number < accounts.size(); number++) {
            Account account = accounts.get(number);
            if (account.number() != number || !addresses.add(account.address())) {
                throw new IllegalArgumentException("accounts have their places, each one");
            }
        }
        if (accounts.size() > MAX_ACCOUNTS) {
            throw new IllegalArgumentException("a wallet has at most " + MAX_ACCOUNTS);
        }
    }

    /** With the seed in its usual place. */
    AccountList(List<Account> accounts) {
        this(accounts, WalletFiles.SEED, List.of());
    }

    AccountList plus(Account account) {
        List<Account> more = new ArrayList<>(accounts);
        more.add(account);
        return new AccountList(more, seed, retired);
    }

    /** When the old files are gone. */
    AccountList withoutRetired() {
        return new AccountList(accounts, seed, List.of());
    }

    boolean isFull() {
        return accounts.size() >= MAX_ACCOUNTS;
    }

    boolean has(EvmAddress address) {
        return accounts.stream().anyMatch(account -> account.address().equals(address));
    }

    /** The index below the seed that the next account gets. */
    int nextIndex() {
        OptionalInt last =
                accounts.stream()
                        .map(Account::index)
                        .filter(index -> index != null)
                        .mapToInt(Integer::intValue)
                        .max();
        return last.isPresent() ? last.getAsInt() + 1 : 0;
    }

    byte[] encode() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", VERSION);
        if (!seed.equals(WalletFiles.SEED)) {
            json.put("seed", seed);
        }
        if (!retired.isEmpty()) {
            ArrayNode old = json.putArray("retired");
            retired.forEach(old::add);
        }
        ArrayNode list = json.putArray("accounts");
        for (Account account : accounts) {
            list.addObject()
                    .put("address", account.address().toString())
                    .put("index", account.index())
                    .put("file", account.file());
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if it is something else, or damaged
     */
    static AccountList parse(byte[] content) {
        try {
            JsonNode json = MAPPER.readTree(content);
            if (json.path("version").asInt(0) != VERSION) {
                throw new IllegalArgumentException("its version is unknown here");
            }
            List<Account> accounts = new ArrayList<>();
            for (JsonNode entry : json.path("accounts")) {
                JsonNode index = entry.path("index");
                accounts.add(
                        new Account(
                                accounts.size(),
                                EvmAddress.parse(entry.path("address").asString("")),
                                index.isInt() ? index.intValue() : null,
                                entry.path("file").asString("")));
            }
            List<String> retired = new ArrayList<>();
            for (JsonNode old : json.path("retired")) {
                retired.add(old.asString(""));
            }
            return new AccountList(accounts, json.path("seed").asString(WalletFiles.SEED), retired);
        } catch (JacksonException | MalformedAddressException e) {
            throw new IllegalArgumentException("it is damaged", e);
        }
    }
}
