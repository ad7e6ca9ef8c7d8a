package dev.linkspan.link;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;

/** What a link may be called (cluster-links.md 1.2). */
public final class LinkName {
    static final int LONGEST = 10_000;

    private LinkName() {}

    /**
     * The name, when it is allowed.
     *
     * @throws dev.linkspan.problem.ProblemException 400 that says why not
     */
    public static String checked(String name) {
        if (name == null || name.isEmpty()) {
            throw Problem.LINK_NAME_EMPTY.with();
        }
        for (String character : new String[] {"/", "?", "&", "+"}) {
            if (name.contains(character)) {
                throw Problem.LINK_NAME_CHARACTER.with(character);
            }
        }
        if (name.contains("\\") || name.contains("..")) {
            throw Problem.LINK_NAME_SLASHES.with(Quoted.of(name));
        }
        name.codePoints().filter(c -> c > 0x7f).findFirst().ifPresent(c -> {
            throw Problem.LINK_NAME_NON_ASCII.with(Character.toString(c));
        });
        if (name.indexOf('\0') >= 0) {
            throw Problem.NAME_WITH_NULL.with();
        }
        if (name.length() > LONGEST) {
            throw Problem.NAME_TOO_LONG.with(LONGEST);
        }
        if (!EntityUrl.fits(name)) {
            throw Problem.NAME_TOO_LONG_FOR_URL.with(EntityUrl.LONGEST_NAME);
        }
        return name;
    }
}
