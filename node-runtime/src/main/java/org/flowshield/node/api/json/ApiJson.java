package org.flowshield.node.api.json;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The mappers of the local API: names in snake case, instants in ISO 8601, what is absent as {@code
 * null}, amounts as strings, everything on one line. Mappers are immutable.
 */
public final class ApiJson {

    private static final JsonMapper STRICT =
            base().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(LogicalType.Textual, ApiJson::onlyText)
                    .build();

    private static final JsonMapper LENIENT =
            base().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private ApiJson() {}

    /** For requests: a field that nobody knows is a mistake of who sent it. */
    public static JsonMapper strict() {
        return STRICT;
    }

    /** For answers: a newer daemon may tell more than this program knows, but none tells less. */
    public static JsonMapper lenient() {
        return LENIENT;
    }

    /** Scalars become text in Jackson even where no other coercion is allowed. */
    private static void onlyText(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static JsonMapper.Builder base() {
        return JsonMapper.builder()
                .addModule(ValueJson.module())
                .addModule(HoursJson.module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE);
    }
}
