package org.flowshield.node.wallet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The accounts of a wallet in their order, as a file lists them. Immutable. */
record AccountList(List<Account> accounts) {

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

    AccountList {
        accounts = List.copyOf(accounts);
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

    AccountList plus(Account account) {
        List<Account> more = new ArrayList<>(accounts);
        more.add(account);
        return new AccountList(more);
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
            return new AccountList(accounts);
        } catch (JacksonException | MalformedAddressException e) {
            throw new IllegalArgumentException("it is damaged", e);
        }
    }
}
