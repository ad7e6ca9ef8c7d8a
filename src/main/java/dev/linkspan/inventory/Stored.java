package dev.linkspan.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The JSON in the columns of this room. */
final class Stored {
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, TreeMap<String, String>>> DEVICES = new TypeReference<>() {};
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

    private Stored() {}

    static Map<String, String> texts(String json) {
        return json.equals("{}") ? Map.of() : JsonMapper.shared().readValue(json, TEXTS);
    }

    static Map<String, Map<String, String>> devices(String json) {
        return json.equals("{}") ? Map.of() : new TreeMap<>(JsonMapper.shared().readValue(json, DEVICES));
    }

    static List<String> list(String json) {
        return JsonMapper.shared().readValue(json, LIST);
    }

    static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
