package org.flowshield.node.api.json;

import org.flowshield.node.hours.MalformedHoursException;
import org.flowshield.node.hours.WeeklyHours;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Hours of the week in JSON: a string, as in the configuration and on the command line. */
final class HoursJson {

    private HoursJson() {}

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("hours");
        module.addSerializer(WeeklyHours.class, new Writer());
        module.addDeserializer(WeeklyHours.class, new Reader());
        return module;
    }

    private static final class Writer extends StdScalarSerializer<WeeklyHours> {

        Writer() {
            super(WeeklyHours.class);
        }

        @Override
        public void serialize(WeeklyHours hours, JsonGenerator json, SerializationContext context) {
            json.writeString(hours.toString());
        }
    }

    private static final class Reader extends StdScalarDeserializer<WeeklyHours> {

        Reader() {
            super(WeeklyHours.class);
        }

        @Override
        public WeeklyHours deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new MalformedValueException(
                        parser, "write it as a string", parser.currentToken(), handledType());
            }
            String text = parser.getString();
            try {
                return WeeklyHours.parse(text);
            } catch (MalformedHoursException e) {
                throw new MalformedValueException(
                        parser, String.valueOf(e.getMessage()), text, handledType());
            }
        }
    }
}
