package org.flowshield.app.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.ledger.LedgerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorsTest {

    private static final Path NODE = Path.of("../node-runtime/src/main/java/org/flowshield/node");

    /** What no person in front of the app is told. */
    private static final Set<String> ELSEWHERE = Set.of("cli", "demo", "lab", "fullnode/http");

    /** A problem's code is the first word behind its kind, wherever one is made. */
    private static final Pattern CODE =
            Pattern.compile(
                    "\\b(Problem|CommandFailedException|DeskException\\.of|refused|failed|invalid|permission"
                            + "|BillEndedException|Refused)\\s*\\(\\s*(?:(?:[\\w.]*Kind|kind)(?:\\.\\w+)?,\\s*)?"
                            + "\"([a-z]+(?:_[a-z0-9]+)*)\"\\s*,");

    /** Codes that are said in English, and why. */
    private static final Map<String, String> ENGLISH_ONLY =
            Map.of(
                    "settled", "an event's name, no problem",
                    "bad_config", "the daemon does not start with it: its operator reads the log");

    @Test
    void each_code_of_the_node_is_known_in_every_language() throws IOException {
        Map<String, String> unknown = new TreeMap<>(codes());
        assertThat(unknown).hasSizeGreaterThan(80);
        unknown.keySet().removeAll(Codes.known());
        unknown.keySet().removeAll(ENGLISH_ONLY.keySet());
        assertThat(unknown).isEmpty();
    }

    /** Code to the file that makes it. */
    private static Map<String, String> codes() throws IOException {
        Map<String, String> codes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(NODE)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = NODE.relativize(file).toString();
                if (ELSEWHERE.stream().noneMatch(part -> name.startsWith(part + "/"))) {
                    Matcher found = CODE.matcher(Files.readString(file));
                    while (found.find()) {
                        codes.put(found.group(2), name);
                    }
                }
            }
        }
        return codes;
    }

    @Test
    void codes_that_are_made_of_reasons_are_known() {
        Set<String> made = new TreeSet<>();
        made.addAll(named("rpc_", RpcException.Kind.values()));
        made.addAll(named("rejected_", Rejection.Kind.values()));
        assertThat(Codes.known()).containsAll(made);
    }

    private static Set<String> named(String prefix, Enum<?>[] reasons) {
        return Arrays.stream(reasons)
                .map(reason -> prefix + reason.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @Test
    void codes_of_the_ledger_are_known() {
        assertThat(LedgerException.Reason.values())
                .extracting(reason -> new LedgerException(reason, "", "").code())
                .contains("disk_full", "ledger_failed")
                .allSatisfy(code -> assertThat(Codes.known()).contains(code));
    }

    @Test
    void codes_that_end_a_paid_session_are_known() throws IOException {
        Matcher reason =
                Pattern.compile("(?m)^    ([A-Z_]+)\\(\"")
                        .matcher(Files.readString(NODE.resolve("payment/PaymentEnd.java")));
        Set<String> reasons = new TreeSet<>();
        while (reason.find()) {
            reasons.add(reason.group(1).toLowerCase(Locale.ROOT));
        }
        assertThat(reasons).hasSizeGreaterThan(20);
        assertThat(Codes.known()).containsAll(reasons);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void each_known_code_has_its_words(Language language) {
        Texts texts = Texts.of(language, "errors");
        for (String code : Codes.known()) {
            assertThat(texts.has(code + ".title")).as(code).isTrue();
            assertThat(texts.has(code + ".action")).as(code).isTrue();
        }
        for (Effect effect : Effect.values()) {
            assertThat(texts.has(effect.key())).as(effect.key()).isTrue();
        }
    }

    @Test
    void a_known_problem_is_said_in_the_language_and_an_unknown_one_as_it_came() {
        Errors german = new Errors(Language.GERMAN);
        Explanation known =
                german.explain(new Problem("no_gas", "the wallet has no gas", "get some"));
        assertThat(known.title()).isEqualTo("Es ist kein Geld für Gas da");
        assertThat(known.said()).isEqualTo("The wallet has no gas.");
        Explanation unknown =
                german.explain(new Problem("not_heard_of", "something new broke", "mend it"));
        assertThat(unknown.title()).isEqualTo("Das hat nicht geklappt");
        assertThat(unknown.said()).isEqualTo("Something new broke.");
        assertThat(unknown.action()).isEqualTo("Mend it.");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void nothing_that_is_shown_is_for_a_command_line(Language language) {
        Errors errors = new Errors(language);
        Set<String> codes = new TreeSet<>(Codes.known());
        codes.add("not_heard_of");
        for (String code : codes) {
            Problem problem =
                    new Problem(
                            code,
                            "the purse is empty; flowshield purse deposit fills it",
                            "flowshield wallet unlock, or --max-price 5");
            Explanation shown = errors.explain(problem);
            assertThat(
                            List.of(
                                    shown.title(),
                                    shown.meaning(),
                                    shown.action(),
                                    shown.said(),
                                    errors.brief(problem)))
                    .as(code)
                    .allSatisfy(
                            text ->
                                    assertThat(text)
                                            .isNotBlank()
                                            .doesNotContain("flowshield purse")
                                            .doesNotContain("flowshield wallet")
                                            .doesNotContain("--"));
            assertThat(shown.said()).isEqualTo("The purse is empty.");
        }
    }

    @Test
    void a_line_among_others_has_few_words() {
        Errors german = new Errors(Language.GERMAN);
        assertThat(german.brief(new Problem("no_gas", "the wallet has no gas", "")))
                .isEqualTo("Es ist kein Geld für Gas da");
        assertThat(german.brief(new Problem("not_heard_of", "it has no room", "")))
                .isEqualTo("It has no room");
        assertThat(german.brief(new Problem("not_heard_of", "flowshield wallet unlock", "")))
                .isEqualTo("Das hat nicht geklappt");
    }

    @Test
    void copied_details_name_nobody() {
        String details =
                Errors.details(
                        new Failure(
                                Failure.Kind.REFUSED,
                                new Problem(
                                        "above_balance",
                                        "0x90F79bf6EB2c4f870365E785982E1f101E93b906 has 12.5 FLOW",
                                        "take less")));
        assertThat(details)
                .contains("above_balance", "take less")
                .doesNotContain("90F79bf6", "12.5");
    }
}
