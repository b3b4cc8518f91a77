package org.flowshield.node.api.json;

import java.util.function.Function;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.MalformedWayException;
import org.flowshield.node.api.network.RpcUrl;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Values in JSON that are strings. Amounts are decimal numbers of whole coins, so that no program
 * rounds them; what the chain names is {@code 0x} and digits, a server its IP address or its URL.
 */
final class ValueJson {

    private ValueJson() {}

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("values");
        add(module, TokenAmount.class, TokenAmount::decimal, TokenAmount::parse);
        add(module, Wei.class, Wei::decimal, Wei::parse);
        add(module, EvmAddress.class, EvmAddress::toString, EvmAddress::parse);
        add(module, ChannelId.class, ChannelId::toString, ChannelId::parse);
        add(module, TransactionHash.class, TransactionHash::toString, TransactionHash::parse);
        add(module, DnsServer.class, DnsServer::toString, DnsServer::parse);
        add(module, RpcUrl.class, RpcUrl::text, RpcUrl::parse);
        add(module, BootstrapNode.class, BootstrapNode::multiaddr, BootstrapNode::parse);
        return module;
    }

    /** Reads what people or programs wrote. */
    @FunctionalInterface
    private interface Reading<T> {
        T parse(String text)
                throws MalformedAmountException,
                        MalformedAddressException,
                        MalformedHexException,
                        MalformedDnsServerException,
                        MalformedWayException;
    }

    private static <T> void add(
            SimpleModule module, Class<T> type, Function<T, String> written, Reading<T> reading) {
        module.addSerializer(type, new Writer<>(type, written));
        module.addDeserializer(type, new Reader<>(type, reading));
    }

    private static final class Writer<T> extends StdScalarSerializer<T> {

        private final Function<T, String> written;

        Writer(Class<T> type, Function<T, String> written) {
            super(type);
            this.written = written;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            json.writeString(written.apply(value));
        }
    }

    private static final class Reader<T> extends StdScalarDeserializer<T> {

        private final Reading<T> reading;

        Reader(Class<T> type, Reading<T> reading) {
            super(type);
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new MalformedValueException(
                        parser, "write it as a string", parser.currentToken(), handledType());
            }
            String text = parser.getString();
            try {
                return reading.parse(text);
            } catch (MalformedAmountException
                    | MalformedAddressException
                    | MalformedHexException
                    | MalformedDnsServerException
                    | MalformedWayException e) {
                throw new MalformedValueException(
                        parser, String.valueOf(e.getMessage()), text, handledType());
            }
        }
    }
}
