package org.flowshield.app.errors;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The problem codes that the app knows in its own words, and what each means for a person. The
 * texts are {@code errors/texts_LANGUAGE.properties}: {@code CODE.title} and {@code CODE.action}.
 */
final class Codes {

    private static final Map<String, Effect> EFFECTS = new HashMap<>();

    static {
        Map<Effect, Set<String>> groups = new EnumMap<>(Effect.class);
        groups.put(
                Effect.NOTHING_CHANGED,
                Set.of(
                        "above_balance",
                        "above_configured_cap",
                        "app_broken",
                        "autostart_failed",
                        "bad_address",
                        "bad_amount",
                        "bad_argument",
                        "bad_caps",
                        "bad_days",
                        "bad_limit",
                        "bad_network",
                        "bad_offer",
                        "bad_proof",
                        "bad_request",
                        "bad_transaction",
                        "busy",
                        "chain_not_believed",
                        "chain_refused",
                        "chain_stale",
                        "chain_unreachable",
                        "channel_not_open",
                        "disk_full",
                        "gas_too_dear",
                        "lanes",
                        "log_not_saved",
                        "malformed",
                        "malformed_multiaddr",
                        "malformed_provider",
                        "method_not_allowed",
                        "network_not_changed",
                        "no_daemon",
                        "no_gas",
                        "no_network",
                        "no_permission",
                        "no_relay",
                        "no_stake",
                        "no_such_channel",
                        "no_such_transaction",
                        "not_allowed",
                        "not_bound",
                        "not_carried",
                        "not_confirmed",
                        "not_found",
                        "not_installed",
                        "not_kept",
                        "not_shown",
                        "not_signed",
                        "not_tcp",
                        "not_waiting",
                        "nothing_asked_for",
                        "offer_not_kept",
                        "other_network",
                        "other_roles",
                        "other_wallet",
                        "payment_not_configured",
                        "rejected_contract",
                        "rejected_gas_coin_missing",
                        "rejected_no_contract",
                        "rejected_nonce_gap",
                        "rejected_nonce_used",
                        "rejected_other",
                        "rejected_replacement_fee",
                        "rejected_too_dear",
                        "rejected_too_many_waiting",
                        "replaced",
                        "report_not_saved",
                        "restart_needed",
                        "revoked",
                        "role_off",
                        "rpc_limited",
                        "rpc_lying",
                        "rpc_malformed",
                        "rpc_stale",
                        "rpc_timeout",
                        "rpc_unreachable",
                        "rpc_wrong_chain",
                        "schedule_not_kept",
                        "serves_for_nothing",
                        "service_dismissed",
                        "service_not_allowed",
                        "service_not_installed",
                        "settings_not_kept",
                        "stake_too_small",
                        "stopping",
                        "too_early",
                        "too_few_rpcs",
                        "too_large",
                        "too_many_attributes",
                        "too_many_waiting",
                        "too_slow",
                        "wrong_chain",
                        "wrong_network_file"));
        groups.put(
                Effect.NOT_CONNECTED,
                Set.of(
                        "arrears",
                        "authorisation_expired",
                        "authorisation_used_up",
                        "cancelled",
                        "channel_busy",
                        "channel_closing",
                        "channel_not_opened",
                        "channel_opening",
                        "deposit_too_low",
                        "device_in_use",
                        "identity_refused",
                        "identity_revoked",
                        "identity_unbound",
                        "identity_unchecked",
                        "name_not_resolved",
                        "no_channel",
                        "no_device",
                        "no_such_address",
                        "not_a_provider",
                        "not_as_listed",
                        "not_authorised",
                        "not_funded",
                        "not_signer",
                        "not_staked",
                        "offer_expired",
                        "payment_required",
                        "price_too_high",
                        "refused",
                        "stopped",
                        "superseded",
                        "timeout",
                        "unreachable",
                        "wrong_network",
                        "wrong_peer"));
        groups.put(
                Effect.NOBODY_PAID,
                Set.of("clock_wrong", "no_provider", "no_provider_answers", "unknown_provider"));
        groups.put(
                Effect.SESSION_OVER,
                Set.of(
                        "bad_token",
                        "bad_voucher",
                        "channel_not_topped_up",
                        "credit_stalled",
                        "deposit_used_up",
                        "meters_disagree",
                        "offer_changed",
                        "payment_stalled",
                        "peer_silent",
                        "protocol",
                        "provider_blocked",
                        "provider_revoked",
                        "provider_silent",
                        "restarted",
                        "session_ended",
                        "shutting_down",
                        "spending_cap",
                        "underpaid",
                        "unsolicited",
                        "unspecified",
                        "waiting_for_top_up"));
        groups.put(
                Effect.NOT_SERVING,
                Set.of(
                        "address_not_here",
                        "cannot_listen",
                        "device_lost",
                        "exit_not_kept",
                        "free_or_paid",
                        "fullnode_broken",
                        "jailed",
                        "no_chain",
                        "no_price",
                        "port_in_use"));
        groups.put(
                Effect.EARNED_IS_SAFE,
                Set.of("ledger_damaged", "ledger_failed", "not_settled", "operator_not_named"));
        groups.put(
                Effect.NOT_SHOWN,
                Set.of("market_unreachable", "no_bootstrap", "no_sockets", "not_vouched"));
        groups.put(Effect.NAMES_UNANSWERED, Set.of("dns_not_carried"));
        groups.put(
                Effect.WALLET_AS_IT_WAS,
                Set.of(
                        "account_exists",
                        "bad_accounts",
                        "bad_idle",
                        "bad_keystore",
                        "bad_mnemonic",
                        "bad_words",
                        "file_exists",
                        "no_seed",
                        "no_such_account",
                        "no_wallet",
                        "no_words",
                        "not_written",
                        "not_written_down",
                        "old_files_left",
                        "password_changed",
                        "passwords_differ",
                        "no_derivation",
                        "too_little_memory",
                        "too_many_accounts",
                        "wallet_damaged",
                        "wallet_exists",
                        "wallet_exposed",
                        "wallet_locked",
                        "wallet_of_another",
                        "wallet_unusable",
                        "weak_encryption",
                        "weak_password",
                        "wrong_password"));
        groups.put(
                Effect.SERVICE_STAYS_OFF,
                Set.of(
                        "already_running",
                        "bad_chosen_file",
                        "bad_network_file",
                        "corrupt_key_file",
                        "key_file",
                        "network_file_unreadable",
                        "no_data_directory",
                        "no_network_file",
                        "no_sources"));
        groups.put(
                Effect.NOT_KNOWN,
                Set.of("failed", "internal", "not_known_yet", "unknown", "unknown_answer"));
        groups.forEach((effect, codes) -> codes.forEach(code -> EFFECTS.put(code, effect)));
    }

    private Codes() {}

    /** All that are known. */
    static Set<String> known() {
        return Set.copyOf(EFFECTS.keySet());
    }

    /** What it means; of a code that is not known, that nothing was changed can't be said. */
    static Effect effect(String code) {
        return EFFECTS.getOrDefault(code, Effect.NOT_KNOWN);
    }
}
