package dev.linkspan.rest;

/** What every body of the API is (auth.md 1.2). */
record Envelope(
        String type, String status, int statusCode, String operation, int errorCode, String error, Object metadata) {
    static Envelope sync(Object metadata) {
        return new Envelope("sync", "Success", 200, "", 0, "", metadata);
    }

    static Envelope async(String operation, Object metadata) {
        return new Envelope("async", "Operation created", 100, operation, 0, "", metadata);
    }

    static Envelope error(int status, String text) {
        return new Envelope("error", "", 0, "", status, text, null);
    }
}
