package dev.linkspan.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Writes a successful answer whose list is too long to be held in memory as text. */
final class LongList {
    private static final int BUFFER = 64 << 10;
    private static final String HEAD =
            "{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"operation\":\"\",\"error_code\":0,"
                    + "\"error\":\"\",\"metadata\":[";

    private LongList() {}

    static void write(HttpServletResponse response, Iterator<?> items) throws IOException {
        response.setContentType("application/json");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        out.write(HEAD.getBytes(StandardCharsets.UTF_8));
        while (items.hasNext()) {
            out.write(Json.bytes(items.next()));
            if (items.hasNext()) {
                out.write(',');
            }
        }
        out.write("]}".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
