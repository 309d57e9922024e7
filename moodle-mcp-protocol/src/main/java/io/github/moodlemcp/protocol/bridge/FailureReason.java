package io.github.moodlemcp.protocol.bridge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an operation failed, in words of the protocol; never text from Moodle.
 *
 * @param reason one of the reasons of the protocol, such as {@code signed_out}; another word is read as {@code internal}
 * @param site the site it happened on, or null
 * @param detail an error code of Moodle or the name of an argument, or null; one that does not match
 *     {@code [A-Za-z0-9_/-]{1,64}} is dropped
 * @param sites the sites to choose from; null is read as none
 */
public record FailureReason(
        String reason, @Nullable String site, @Nullable String detail, List<String> sites) {

    private static final Set<String> REFUSALS = Set.of(
            "invalid_arguments",
            "maintenance",
            "moodle_refused",
            "no_permission",
            "not_found",
            "person_needed",
            "rejected",
            "signed_out",
            "site_changed_user",
            "unsupported_by_site");
    private static final Set<String> ENDED_UNBEGUN = Set.of("busy", "cancelled", "expired");

    private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");
    private static final Pattern DETAIL = Pattern.compile("[A-Za-z0-9_/-]{1,64}");

    public FailureReason {
        requireNonNull(reason, "reason");
        reason = WORD.matcher(reason).matches() ? reason : "internal";
        detail = detail != null && DETAIL.matcher(detail).matches() ? detail : null;
        sites = nullAsEmpty(sites);
    }

    /** A reason without particulars. */
    public FailureReason(String reason) {
        this(reason, null, null, List.of());
    }

    /** Whether Moodle or the person definitely said no, so that nothing was written even by a command that was claimed. */
    public boolean provesRefusal() {
        return REFUSALS.contains(reason);
    }

    /** Whether a command that was not claimed ended before anything was tried, so that it may be sent again as it is. */
    public boolean endedUnbegun() {
        return ENDED_UNBEGUN.contains(reason);
    }

    private static List<String> nullAsEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
