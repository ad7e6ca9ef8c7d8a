package dev.linkspan.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The answer to a request for one of the console's files. Where the address changes with the content, browsers keep the file
 * and never ask again; else they ask each time whether it is still the same.
 */
class KeptByBrowsers extends HttpServletResponseWrapper {
    private static final String HEADER = "Cache-Control";
    private static final Pattern VERSION = Pattern.compile("(?:^|&)v(?:-c)?=[\\w.-]+");

    KeptByBrowsers(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        String query = request.getQueryString();
        boolean versioned = request.getRequestURI().startsWith("/ui/VAADIN/build/")
                || (query != null && VERSION.matcher(query).find());
        response.setHeader(HEADER, versioned ? "public, max-age=31536000, immutable" : "no-cache");
    }

    /** Whether a path is that of a file, which is the same for everybody. */
    static boolean file(String path) {
        return path.startsWith("/themes/")
                || path.startsWith("/components/")
                || path.startsWith("/ui/VAADIN/build/")
                || path.startsWith("/ui/VAADIN/static/");
    }

    @Override
    public void setHeader(String name, String value) {
        if (!name.equalsIgnoreCase(HEADER)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!name.equalsIgnoreCase(HEADER)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setStatus(int status) {
        forgetWhenMissing(status);
        super.setStatus(status);
    }

    @Override
    public void sendError(int status) throws IOException {
        forgetWhenMissing(status);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        forgetWhenMissing(status);
        super.sendError(status, message);
    }

    /** Another member, or this one after an update, may have what isn't here. */
    private void forgetWhenMissing(int status) {
        if (status >= SC_BAD_REQUEST) {
            super.setHeader(HEADER, "no-store");
        }
    }
}
