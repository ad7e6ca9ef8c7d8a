package dev.linkspan.testing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Answers in LXD's envelope, with the keys and headers that a stock LXD sends. */
final class StockAnswers {

    static final JsonMapper JSON = new JsonMapper();

    private StockAnswers() {}

    static Answer success(Object metadata) {
        return envelope(200, Map.of("Content-Type", "application/json"), "sync", metadata, 0, "");
    }

    static Answer created(String location) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Location", location);
        return envelope(201, headers, "sync", null, 0, "");
    }

    static Answer error(int status, String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Content-Type-Options", "nosniff");
        return envelope(status, headers, "error", null, status, text);
    }

    private static Answer envelope(
            int status, Map<String, String> headers, String type, Object metadata, int code, String error) {
        boolean failed = type.equals("error");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("status", failed ? "" : "Success");
        body.put("status_code", failed ? 0 : 200);
        body.put("operation", "");
        body.put("error_code", code);
        body.put("error", error);
        body.put("metadata", metadata);
        return new Answer(status, headers, JSON.writeValueAsBytes(body));
    }

    /** {@code GET /1.0} for a caller that is not trusted; a trusted one gets more keys from the peer. */
    static Map<String, Object> serverInfo(Collection<String> extensions, boolean trusted, boolean certificate) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("api_extensions", extensions);
        info.put("api_status", "stable");
        info.put("api_version", "1.0");
        info.put("auth", trusted ? "trusted" : "untrusted");
        info.put("public", false);
        info.put("auth_methods", List.of("tls", "bearer"));
        info.put("client_certificate", certificate);
        info.put("config", null);
        return info;
    }

    static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 302 -> "Found";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "Status " + status;
        };
    }
}
