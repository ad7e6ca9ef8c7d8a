package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.linkspan.problem.JsonSyntax;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The API's JSON: snake case; unknown fields are ignored, names match in any case, null stands for empty, and what comes
 * after the first value is ignored (cluster-links.md 0).
 */
final class Json {
    private static final int DEEPEST = 100;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withConfigOverride(
                    List.class, list -> list.setNullHandling(JsonSetter.Value.forContentNulls(Nulls.AS_EMPTY)))
            .withCoercionConfig(
                    LogicalType.Textual, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Json() {}

    /**
     * Reads a body.
     *
     * @param prefix goes before the reason when it can't be read
     * @throws ProblemException 400
     */
    static <T> T read(byte[] body, Class<T> type, String prefix) {
        try {
            T value = MAPPER.readValue(body, type);
            if (value == null) {
                return MAPPER.readValue("{}", type);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw Problem.BODY_TOO_DEEP.with(DEEPEST).prefixed(prefix);
        } catch (JacksonException e) {
            throw new ProblemException(400, prefix + JsonSyntax.reason(body, e, "unexpected EOF"));
        }
    }

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}
