package io.github.moodlemcp.distribution.plantedtoo;

import io.github.moodlemcp.distribution.planted.BreaksEveryRule;

/** Depends on what depends on it. */
public final class PartOfACycle {
    private final BreaksEveryRule other;

    public PartOfACycle(BreaksEveryRule other) {
        this.other = other;
    }

    BreaksEveryRule other() {
        return other;
    }
}
