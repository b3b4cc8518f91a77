package org.flowshield.node.wallet.agent;

import java.nio.file.Path;
import java.time.Duration;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.wallet.signing.MalformedRequestException;
import org.flowshield.node.wallet.signing.SigningJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests and answers as JSON: {@code {"version":1,"request":NAME,...}}, and {@code {"ok":...}} or
 * {@code {"kind":...,"error":{"code","message","action"}}}.
 */
final class AgentJson {

    private static final int VERSION = 1;

    private AgentJson() {}

    static byte[] write(AgentRequest request) {
        ObjectNode json = ApiJson.strict().createObjectNode();
        json.put("version", VERSION);
        switch (request) {
            case AgentRequest.Status() -> json.put("request", "status");
            case AgentRequest.Unlock(Duration idle) ->
                    json.put("request", "unlock").put("idle_seconds", idle.toSeconds());
            case AgentRequest.Lock() -> json.put("request", "lock");
            case AgentRequest.AddAccount() -> json.put("request", "add_account");
            case AgentRequest.Prepare(var what) ->
                    json.put("request", "prepare").set("what", SigningJson.write(what));
            case AgentRequest.TakeNumber(ChainId chain, EvmAddress account, long pending) ->
                    json.put("request", "take_number")
                            .put("chain_id", chain.value())
                            .put("account", account.toString())
                            .put("pending", pending);
            case AgentRequest.GiveNumberBack(ChainId chain, EvmAddress account, long number) ->
                    json.put("request", "give_number_back")
                            .put("chain_id", chain.value())
                            .put("account", account.toString())
                            .put("number", number);
            case AgentRequest.Sign(String ticket) ->
                    json.put("request", "sign").put("ticket", ticket);
        }
        return ApiJson.strict().writeValueAsBytes(json);
    }

    static AgentRequest read(byte[] frame) throws RefusedException {
        try {
            JsonNode json = ApiJson.strict().readTree(frame);
            if (json.path("version").asInt(0) != VERSION) {
                throw invalid("another version of the protocol is spoken here");
            }
            return switch (json.path("request").asString("")) {
                case "status" -> new AgentRequest.Status();
                case "unlock" ->
                        new AgentRequest.Unlock(
                                Duration.ofSeconds(json.path("idle_seconds").asLong(0)));
                case "lock" -> new AgentRequest.Lock();
                case "add_account" -> new AgentRequest.AddAccount();
                case "prepare" -> new AgentRequest.Prepare(SigningJson.read(json.get("what")));
                case "take_number" ->
                        new AgentRequest.TakeNumber(
                                chain(json), account(json), json.path("pending").asLong(-1));
                case "give_number_back" ->
                        new AgentRequest.GiveNumberBack(
                                chain(json), account(json), json.path("number").asLong(-1));
                case "sign" -> new AgentRequest.Sign(json.path("ticket").asString(""));
                default -> throw invalid("there is no such request");
            };
        } catch (JacksonException e) {
            throw invalid("the request is not JSON");
        } catch (MalformedRequestException
                | MalformedAddressException
                | IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static ChainId chain(JsonNode json) {
        return new ChainId(json.path("chain_id").asLong(0));
    }

    private static EvmAddress account(JsonNode json) throws MalformedAddressException {
        return EvmAddress.parse(json.path("account").asString(""));
    }

    static byte[] ok(Object answer) {
        ObjectNode json = ApiJson.strict().createObjectNode();
        json.set("ok", ApiJson.strict().valueToTree(answer));
        return ApiJson.strict().writeValueAsBytes(json);
    }

    static byte[] refused(RefusedException refused) {
        ObjectNode json = ApiJson.strict().createObjectNode();
        json.put("kind", refused.kind().name());
        json.set("error", ApiJson.strict().valueToTree(refused.problem()));
        return ApiJson.strict().writeValueAsBytes(json);
    }

    /** The answer, if it is none of refusal. */
    static <T> T answer(byte[] frame, Class<T> type, Path wallet) throws RefusedException {
        try {
            JsonNode json = ApiJson.lenient().readTree(frame);
            @Nullable JsonNode error = json.get("error");
            if (error != null) {
                throw new RefusedException(
                        Kind.valueOf(json.path("kind").asString("")),
                        ApiJson.lenient().treeToValue(error, Problem.class));
            }
            return ApiJson.lenient().treeToValue(json.path("ok"), type);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "unknown_answer",
                            "what holds the keys of " + wallet + " is another version",
                            "flowshield wallet lock, then unlock it with this one"),
                    e);
        }
    }

    static RefusedException invalid(String message) {
        return new RefusedException(
                Kind.INVALID,
                new Problem(
                        "bad_request", message, "use the flowshield that it was unlocked with"));
    }
}
