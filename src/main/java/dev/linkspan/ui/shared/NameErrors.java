package dev.linkspan.ui.shared;

import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.util.EnumSet;
import java.util.Set;

/** What the server says of a name stands at the field in which it was entered. */
public final class NameErrors {
    private static final Set<Problem> OF_NAMES = EnumSet.of(
            Problem.NAME_TOO_LONG,
            Problem.NAME_TOO_LONG_FOR_URL,
            Problem.NAME_WITH_NULL,
            Problem.GROUP_NAME_EMPTY,
            Problem.GROUP_NAME_SLASH,
            Problem.GROUP_NAME_COLON,
            Problem.PROVIDER_GROUP_NAME_EMPTY,
            Problem.PROVIDER_GROUP_EXISTS,
            Problem.IDENTITY_NAME_MISSING,
            Problem.IDENTITY_NAME_EXISTS,
            Problem.CLIENT_NAME_MISSING,
            Problem.LINK_NAME_EMPTY,
            Problem.LINK_NAME_CHARACTER,
            Problem.LINK_NAME_SLASHES,
            Problem.LINK_NAME_NON_ASCII);

    private NameErrors() {}

    /** Shows it there and goes there; false, and nothing, when it is no problem of the name. */
    public static boolean show(TextField name, ProblemException problem) {
        if (OF_NAMES.stream().noneMatch(problem::is)) {
            return false;
        }
        name.setErrorMessage(problem.getMessage());
        name.setInvalid(true);
        name.focus();
        return true;
    }
}
