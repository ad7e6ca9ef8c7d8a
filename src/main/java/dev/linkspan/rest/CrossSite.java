package dev.linkspan.rest;

import jakarta.servlet.http.HttpServletRequest;

/** Requests that a page of another origin makes a browser send. An origin is scheme, host and port, all of them. */
final class CrossSite {
    private CrossSite() {}

    static boolean suspected(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeader("Origin");
        return origin != null && !origin.equals("https://" + request.getHeader("Host"));
    }
}
